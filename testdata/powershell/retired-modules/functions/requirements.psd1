@{
    'Az'      = '9.*'
    # pcmfa: finding retired-library
    'AzureAD' = '2.0.2.182'
}
