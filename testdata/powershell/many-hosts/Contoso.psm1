# One wrapper sends everything, whatever the service.
function Get-ContosoToken {
    param([string]$Scope, [switch]$AsApp)

    $uri = "https://login.microsoftonline.com/$($env:TENANT_ID)/oauth2/v2.0/token"
    if ($AsApp) {
        $body = @{
            client_id     = $env:CLIENT_ID
            client_secret = $env:CLIENT_SECRET
            scope         = $Scope
            grant_type    = 'client_credentials' # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        }
    }
    else {
        $body = @{
            client_id  = $env:CLIENT_ID
            username   = $env:SYNC_USER
            password   = $env:SYNC_PASSWORD
            scope      = $Scope
            grant_type = 'password' # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        }
    }
    (Invoke-RestMethod -Method Post -Uri $uri -Body $body).access_token
}

function Send-ContosoRequest {
    param([string]$Uri, [string]$Scope = 'https://graph.microsoft.com/.default', [switch]$AsApp)

    $token = Get-ContosoToken -Scope $Scope -AsApp:$AsApp
    Invoke-RestMethod -Uri $Uri -Headers @{ Authorization = "Bearer $token" }
}

Export-ModuleMember -Function Send-ContosoRequest
