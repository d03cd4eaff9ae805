# Each script has its own function of this name.
function Get-AccessToken {
    (Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/v2.0/token' -Body @{
        # pcmfa: decoy
        grant_type = 'password'
        client_id  = $env:CLIENT_ID
        username   = $env:MAIL_USER
        password   = $env:MAIL_PASSWORD
        scope      = 'https://graph.microsoft.com/.default'
    }).access_token
}

Invoke-RestMethod 'https://graph.microsoft.com/v1.0/me' -Headers @{ Authorization = "Bearer $(Get-AccessToken)" }
