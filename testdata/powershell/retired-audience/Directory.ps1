# The directory itself, with a token for it.
$form = @{
    # pcmfa: decoy
    grant_type    = 'client_credentials'
    resource      = 'https://graph.windows.net'
    client_id     = $env:CLIENT_ID
    client_secret = $env:CLIENT_SECRET
}
$directory = Invoke-RestMethod -Method Post -Body $form -Uri "https://login.microsoftonline.com/$env:TENANT/oauth2/token"
Invoke-RestMethod -Uri "https://graph.windows.net/$env:TENANT/users?api-version=1.6" -Headers @{ Authorization = "Bearer $($directory.access_token)" }
