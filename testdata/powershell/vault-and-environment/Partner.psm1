function Initialize-Settings {
    $env:ApplicationId = Get-AzKeyVaultSecret -VaultName $env:VAULT -Name 'ApplicationId' -AsPlainText
    if ($env:LOCAL) {
        # On a developer's machine. Elsewhere the platform fills the variable from the vault.
        $env:PartnerRefreshToken = Get-Content ./refresh-token.txt
    }
    $env:SettingsRead = 'yes'
}

function Get-PartnerHeader($Scope) {
    if (-not $env:SettingsRead) { Initialize-Settings }
    $body = @{
        client_id     = $env:ApplicationId
        refresh_token = $env:PartnerRefreshToken
        scope         = $Scope
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
        grant_type    = 'refresh_token'
    }
    $answer = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$env:TenantId/oauth2/v2.0/token" -Body $body
    return @{ Authorization = "Bearer $($answer.access_token)" }
}

# Nothing calls it, and it is for another service, unless somebody says otherwise.
function Get-AdminHeader($Tenant, $Resource = 'https://admin.microsoft.com') {
    $body = @{
        client_id     = $env:ApplicationId
        refresh_token = $env:PartnerRefreshToken
        resource      = $Resource
        # pcmfa: decoy
        grant_type    = 'refresh_token'
    }
    $answer = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$Tenant/oauth2/token" -Body $body
    return @{ Authorization = "Bearer $($answer.access_token)" }
}
