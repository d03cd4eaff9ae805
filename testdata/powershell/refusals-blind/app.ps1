param([securestring]$Secret)

$credential = New-Object System.Management.Automation.PSCredential('3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10', $Secret)
# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
Connect-PartnerCenter -ServicePrincipal -Credential $credential -Tenant 'contoso.com'
# pcmfa: call verdict=exempt from=client-credentials
Get-PartnerCustomer
# pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
Get-PartnerCustomerUser -CustomerId $env:CUSTOMER
