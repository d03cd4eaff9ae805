# pcmfa: finding retired-library
#Requires -Modules MSOnline, ImportExcel
param([string]$RefreshToken, [pscredential]$Fallback)

# pcmfa: finding hard-coded-secret
$clientSecret = 'q7-Tulip-Harbour-19'
$vaultName = 'contoso-vault'

function Get-UserToken {
    $body = @{
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        grant_type    = 'refresh_token'
        client_id     = '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10'
        client_secret = $clientSecret
        refresh_token = $RefreshToken
        resource      = 'https://api.partnercenter.microsoft.com'
    }
    $answer = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/contoso.com/oauth2/token' -Body $body
    return $answer.access_token
}

function Get-PasswordToken {
    $body = @{
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        grant_type = 'password'
        client_id  = '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10'
        username   = $Fallback.UserName
        password   = $Fallback.GetNetworkCredential().Password
        resource   = 'https://api.partnercenter.microsoft.com'
    }
    $answer = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/contoso.com/oauth2/token' -Body $body
    return $answer.access_token
}

$token = $null
try {
    $token = Get-UserToken
}
catch {
    # pcmfa: finding password-fallback
    $token = Get-PasswordToken
}

$attempt = 0
while ($attempt -lt 5) {
    try {
        # pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
        $invoices = Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/invoices' -Headers @{ Authorization = "Bearer $token" }
        break
    }
    catch {
        # pcmfa: finding mfa-error-retried
        if ($_.Exception.Response.StatusCode.value__ -ne 401) {
            throw
        }
        $attempt++
        $token = Get-UserToken
    }
}

Get-MsolUser -All | Export-Excel -Path users.xlsx
