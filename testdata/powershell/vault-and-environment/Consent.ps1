# The function that the administrator's browser comes back to: signs in once, keeps the refresh token in the vault.
param($Request, $TriggerMetadata)

if ($Request.Query.code) {
    $app = Get-AzKeyVaultSecret -VaultName $env:VAULT -Name 'ApplicationId' -AsPlainText
    # Asked for another resource: the refresh token is good for Partner Center, too.
    # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    $answer = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$env:TenantId/oauth2/v2.0/token" -Body "client_id=$app&scope=https://graph.microsoft.com/.default+offline_access&code=$($Request.Query.code)&grant_type=authorization_code"
    Set-AzKeyVaultSecret -VaultName $env:VAULT -Name 'PartnerRefreshToken' -SecretValue (ConvertTo-SecureString -String $answer.refresh_token -AsPlainText -Force)
}

if ($Request.Query.weather) {
    # pcmfa: decoy
    $forecast = Invoke-RestMethod -Method Post -Uri "https://login.microsoftonline.com/$env:TenantId/oauth2/v2.0/token" -Body "client_id=$app&scope=api://weather/.default&code=$($Request.Query.code)&grant_type=authorization_code"
    Set-AzKeyVaultSecret -VaultName $env:VAULT -Name 'WeatherRefreshToken' -SecretValue (ConvertTo-SecureString -String $forecast.refresh_token -AsPlainText -Force)
}
