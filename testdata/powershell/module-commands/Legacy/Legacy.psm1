# A helper that was copied with its name; the module keeps it to itself, so its calls are steps of one sign-in.
function Get-GraphAADTokenByUser {
    param($Resource, $Domain, $ClientId, [pscredential] $Credential)

    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    $body = "grant_type=password&resource=$Resource&client_id=$ClientId"
    $body += "&username=$($Credential.UserName)&password=$($Credential.GetNetworkCredential().Password)"
    (Invoke-RestMethod -Method Post -Uri "https://login.windows.net/$Domain/oauth2/token" -Body $body).access_token
}

function Connect-Legacy {
    param([string] $Domain, [string] $ClientId, [pscredential] $Credential)

    # pcmfa: decoy
    $script:LegacyToken = Get-GraphAADTokenByUser -Resource 'https://api.partnercenter.microsoft.com' -Domain $Domain -ClientId $ClientId -Credential $Credential
}

function Get-LegacyOffer {
    param([string] $Country, [string] $OfferId)

    $headers = @{ Authorization = "Bearer $script:LegacyToken" }
    # pcmfa: call verdict=blocked from=ropc
    Invoke-RestMethod -Headers $headers -Uri "https://api.partnercenter.microsoft.com/v1/offers/${OfferId}?country=$Country"
}

Export-ModuleMember -Function Connect-Legacy, Get-LegacyOffer
