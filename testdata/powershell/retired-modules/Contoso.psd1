@{
    RootModule      = 'Contoso.psm1'
    ModuleVersion   = '1.0.0'
    RequiredModules = @(
        'AzureAD' # pcmfa: finding retired-library
        @{ ModuleName = 'MSOnline'; ModuleVersion = '1.1.183.66' } # pcmfa: finding retired-library
        'PartnerCenter' # pcmfa: decoy
    )
    PrivateData     = @{ PSData = @{ Tags = @('AzureAD', 'MSOnline') } } # pcmfa: decoy
}
