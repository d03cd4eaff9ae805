# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$token = Connect-EntraService -ClientID $env:CLIENT_ID -TenantID $env:TENANT -Credential (Get-Credential) `
    -Resource 'https://api.partnercenter.microsoft.com'
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers $token.GetHeader()

# pcmfa: decoy
Connect-EntraService -ClientID $env:CLIENT_ID -TenantID $env:TENANT -Credential (Get-Credential) -Service Graph
