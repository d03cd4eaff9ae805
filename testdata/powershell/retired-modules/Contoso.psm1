function Sync-Customer {
    # pcmfa: acquisition flow=device-code verdict=capable pc=yes
    Connect-PartnerCenter -UseDeviceAuthentication
    # pcmfa: call verdict=capable from=device-code
    Get-PartnerCustomer
}
