# A global variable as the default of a parameter.
function Initialize-Graph {
    $global:GraphToken = (Invoke-RestMethod -Method Post `
        -Uri "https://login.microsoftonline.com/$env:TENANT/oauth2/v2.0/token" `
        -Body @{
            # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            grant_type    = 'client_credentials'
            client_id     = $env:APP_ID
            client_secret = $env:APP_SECRET
            scope         = 'https://api.partnercenter.microsoft.com/.default'
        }).access_token
}

function Get-Offer {
    param([string] $Country, [string] $Token = $global:GraphToken)

    $uri = "https://api.partnercenter.microsoft.com/v1/offers?country=$Country"
    # pcmfa: call verdict=exempt from=client-credentials
    Invoke-RestMethod -Uri $uri -Headers @{ Authorization = "Bearer $Token" }
}

Initialize-Graph
Get-Offer -Country 'DE'
