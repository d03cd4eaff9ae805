Import-Module PartnerCenterLW

# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
$token = New-PartnerAccessTokenLW -ApplicationId $env:CLIENT_ID -Credential (Get-Credential) -RefreshToken $env:REFRESH `
    -Scopes 'https://api.partnercenter.microsoft.com/user_impersonation' -Tenant $env:TENANT
# pcmfa: call verdict=capable from=refresh-token
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $($token.AccessToken)" }

# pcmfa: decoy
$graph = New-PartnerAccessTokenLW -ApplicationId $env:CLIENT_ID -RefreshToken $env:REFRESH -Scopes 'https://graph.microsoft.com/.default'
$graph.AccessToken.Length
