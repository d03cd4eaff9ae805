# The session is signed in for Azure; the token for Partner Center is taken from it.
# pcmfa: decoy
Connect-AzAccount -ServicePrincipal -Credential (Get-Credential) -Tenant $env:TENANT | Out-Null

# pcmfa: acquisition flow=silent verdict=exempt pc=yes
$token = (Get-AzAccessToken -ResourceUrl 'https://api.partnercenter.microsoft.com').Token
# pcmfa: call verdict=exempt from=silent
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $token" }

# pcmfa: decoy
$arm = (Get-AzAccessToken).Token
Invoke-RestMethod 'https://management.azure.com/subscriptions?api-version=2020-01-01' -Headers @{ Authorization = "Bearer $arm" }
