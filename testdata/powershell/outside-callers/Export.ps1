. "$PSScriptRoot/lib/Tokens.ps1"

# A helper of this script: nobody else calls it, and nobody asks for the mailbox.
function Get-Token {
    param([bool] $ForMailbox = $false)

    if ($ForMailbox -eq $true) {
        $form = @{
            client_id  = $env:CSP_APP_ID
            # pcmfa: decoy
            grant_type = 'password'
            username   = $env:MAIL_USER
            password   = $env:MAIL_PASSWORD
        }
        return (Invoke-RestMethod -Method Post -Body $form -Uri 'https://login.microsoftonline.com/common/oauth2/token').access_token
    }
    Get-CspToken -Tenant $env:CSP_TENANT -Secret $env:CSP_SECRET -AsApp
}

Get-CspCustomer -Token (Get-Token -ForMailbox $false) | ConvertTo-Json | Set-Content ./customers.json
