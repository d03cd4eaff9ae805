param([securestring]$Secret)

$credential = New-Object System.Management.Automation.PSCredential('3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10', $Secret)
Connect-PartnerCenter -ServicePrincipal -Credential $credential -Tenant 'contoso.com'
Get-PartnerCustomer
Get-PartnerCustomerUser -CustomerId $env:CUSTOMER
