function Sync-Customer {
    Connect-PartnerCenter -UseDeviceAuthentication
    Get-PartnerCustomer
}
