# The .NET SDK from PowerShell.
Add-Type -Path ./Microsoft.Store.PartnerCenter.dll
Add-Type -Path ./Microsoft.Store.PartnerCenter.Extensions.dll

# pcmfa: acquisition flow=interactive verdict=capable pc=yes
$login = Get-MsalToken -ClientId $env:CLIENT_ID -Interactive -Scopes 'https://api.partnercenter.microsoft.com/user_impersonation'
$token = [Microsoft.Store.PartnerCenter.AuthenticationToken]::new($login.AccessToken, $login.ExpiresOn)

# pcmfa: call verdict=capable from=interactive ; finding retired-library
$credentials = [Microsoft.Store.PartnerCenter.Extensions.PartnerCredentials]::Instance.GenerateByUserCredentials($env:CLIENT_ID, $token)
$partner = [Microsoft.Store.PartnerCenter.PartnerService]::Instance.CreatePartnerOperations($credentials)

# pcmfa: call verdict=capable from=interactive
$partner.Customers.Get().Items | Format-Table

# pcmfa: decoy
$partner.RequestContext.CorrelationId
