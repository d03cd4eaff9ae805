$fields = @{
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
    grant_type    = 'client_credentials'
    resource      = 'https://graph.windows.net'
    client_id     = $env:CLIENT_ID
    client_secret = $env:CLIENT_SECRET
}
$token = Invoke-RestMethod -Method Post -Body $fields -Uri "https://login.microsoftonline.com/$env:TENANT/oauth2/token"

# pcmfa: call verdict=exempt from=client-credentials
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $($token.access_token)" }
