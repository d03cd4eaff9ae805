function Get-ContosoToken {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Resource,
        [switch] $AsApp
    )

    $uri = "https://login.microsoftonline.com/$env:TENANT_ID/oauth2/v2.0/token"
    if ($AsApp) {
        $body = @{
            # pcmfa: decoy
            grant_type    = 'client_credentials'
            client_id     = $env:CLIENT_ID
            client_secret = $env:CLIENT_SECRET
            scope         = "$Resource/.default"
        }
    }
    else {
        $body = @{
            # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            grant_type = 'password'
            client_id  = $env:CLIENT_ID
            username   = $env:PARTNER_USER
            password   = $env:PARTNER_PASSWORD
            scope      = "$Resource/.default"
        }
    }

    $response = Invoke-RestMethod -Method Post -Uri $uri -Body $body
    return $response.access_token
}

Export-ModuleMember -Function Get-ContosoToken
