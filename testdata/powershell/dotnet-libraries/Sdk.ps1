Add-Type -Path ./Microsoft.Store.PartnerCenter.dll
Add-Type -Path ./Microsoft.Store.PartnerCenter.Extensions.dll

# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
$credentials = [Microsoft.Store.PartnerCenter.Extensions.PartnerCredentials]::Instance.GenerateByApplicationCredentials($env:CLIENT, $env:SECRET, 'contoso.onmicrosoft.com')
$partner = [Microsoft.Store.PartnerCenter.PartnerService]::Instance.CreatePartnerOperations($credentials)
# pcmfa: call verdict=exempt from=client-credentials
$partner.Customers.Get().Items
# pcmfa: decoy
$credentials.ExpiresAt
