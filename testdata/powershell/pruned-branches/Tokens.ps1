function Get-Token {
    param(
        [string] $Scope,
        [bool] $AsApp = $false
    )

    if ($AsApp -eq $true) {
        $body = @{
            client_id     = $env:APP_ID
            client_secret = $env:APP_SECRET
            scope         = $Scope
            # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            grant_type    = 'client_credentials'
        }
    }
    else {
        $body = @{
            client_id = $env:APP_ID
            scope     = $Scope
            username  = $env:MAIL_USER
            password  = $env:MAIL_PASSWORD
            # Only the mailbox takes this way.
            # pcmfa: decoy
            grant_type = 'password'
        }
    }

    (Invoke-RestMethod -Method Post -Body $body -Uri "https://login.microsoftonline.com/$env:TENANT/oauth2/v2.0/token").access_token
}

$headers = @{ Authorization = "Bearer $(Get-Token -Scope 'https://api.partnercenter.microsoft.com/.default' -AsApp $true)" }
# pcmfa: call verdict=exempt from=client-credentials
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers $headers

$mail = Get-Token -Scope 'https://outlook.office365.com/.default'
# pcmfa: decoy
Invoke-RestMethod -Uri 'https://outlook.office365.com/api/v2.0/me/messages' -Headers @{ Authorization = "Bearer $mail" }
