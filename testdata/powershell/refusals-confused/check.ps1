# pcmfa: check ; finding mfa-check-ignored
$headers = @{ ValidateMfa = 'true' }
$body = @{
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    grant_type    = 'refresh_token'
    client_id     = $env:PC_CLIENT_ID
    client_secret = $env:PC_CLIENT_SECRET
    refresh_token = $env:PC_REFRESH_TOKEN
    resource      = 'https://api.partnercenter.microsoft.com'
}
$answer = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/contoso.com/oauth2/token' -Body $body
$headers['Authorization'] = "Bearer $($answer.access_token)"
try {
    # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/agreements' -Headers $headers
}
catch {
    $code = ($_.ErrorDetails.Message | ConvertFrom-Json).code
    # pcmfa: check ; finding mfa-error-confused
    if ($code -in '900421', '900420') {
        Write-Warning 'sign in again'
    }
}
