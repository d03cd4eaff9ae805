@{
    RootModule        = 'PartnerTools.psm1'
    ModuleVersion     = '1.2.0'
    Author            = 'Contoso Cloud'
    FunctionsToExport = @(
        'Connect-PartnerCenter'
        'New-PartnerAccessToken'
        'Get-PartnerCustomer'
        'Get-PartnerCustomerReport'
        'Get-PartnerInvoice'
    )
}
