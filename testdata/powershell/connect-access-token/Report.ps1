# The token of another library, handed to the session.
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$result = Get-MsalToken -ClientId $env:CLIENT_ID -TenantId $env:TENANT_ID -UserCredential (Get-Credential) `
    -Scopes 'https://api.partnercenter.microsoft.com/user_impersonation'

# pcmfa: call verdict=blocked from=ropc
Connect-PartnerCenter -AccessToken $result.AccessToken

# pcmfa: call verdict=blocked from=ropc
Get-PartnerCustomer -Domain contoso.example
