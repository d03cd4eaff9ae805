# Signs in when the first command needs it, and remembers that.
$script:Connected = $false

function Connect-Once {
    param([pscredential] $Credential)

    if (-not $script:Connected) {
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        Connect-PartnerCenter -ApplicationId '11111111-1111-1111-1111-111111111111' -Credential $Credential
        $script:Connected = $true
    }
}

function Get-Reseller {
    param([pscredential] $Credential)
    Connect-Once -Credential $Credential
    Get-PartnerCustomer # pcmfa: call verdict=blocked from=ropc
}

function Get-Cached {
    param([pscredential] $Credential)
    Connect-Once -Credential $Credential
    Get-CachedCustomer # pcmfa: decoy
}

Export-ModuleMember -Function Get-Reseller, Get-Cached
