function Get-AccessToken {
    (Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/v2.0/token' -Body @{
        # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        grant_type    = 'client_credentials'
        client_id     = $env:CLIENT_ID
        client_secret = $env:CLIENT_SECRET
        scope         = 'https://api.partnercenter.microsoft.com/.default'
    }).access_token
}

# pcmfa: call verdict=exempt from=client-credentials
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $(Get-AccessToken)" }
