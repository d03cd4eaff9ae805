#Requires -Modules PartnerCenter

$splat = @{
    ApplicationId = '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c02'
    Credential    = Get-Credential -Message 'Application id and secret'
    RefreshToken  = (Get-AzKeyVaultSecret -VaultName contoso -Name partner-refresh -AsPlainText)
}
# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
Connect-PartnerCenter @splat

# pcmfa: call verdict=capable from=refresh-token
$customers = Get-PartnerCustomer

foreach ($customer in $customers) {
    # pcmfa: call verdict=capable from=refresh-token
    Get-PartnerCustomerSubscription -CustomerId $customer.CustomerId |
        Where-Object Status -eq 'Active'
}

# Known to the session, nothing is sent.
# pcmfa: decoy
Get-PartnerContext
