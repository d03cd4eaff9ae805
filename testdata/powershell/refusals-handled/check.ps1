# pcmfa: decoy
$secret = Get-AzKeyVaultSecret -VaultName 'contoso-vault' -Name 'partner-client-secret' -AsPlainText
$body = @{
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    grant_type    = 'refresh_token'
    client_id     = $env:PC_CLIENT_ID
    client_secret = $secret
    refresh_token = Get-AzKeyVaultSecret -VaultName 'contoso-vault' -Name 'partner-refresh-token' -AsPlainText
    resource      = 'https://api.partnercenter.microsoft.com'
}
$answer = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/contoso.com/oauth2/token' -Body $body
# pcmfa: check
$headers = @{ Authorization = "Bearer $($answer.access_token)"; ValidateMfa = 'true' }

foreach ($customer in (Get-Content customers.txt)) {
    try {
        # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        $response = Invoke-WebRequest -Uri "https://api.partnercenter.microsoft.com/v1/customers/$customer/users" -Headers $headers
        # pcmfa: check
        if ($response.Headers['isMfaCompliant'] -ne 'true') {
            Write-Warning 'the token carries no MFA claim'
        }
    }
    catch {
        # pcmfa: decoy
        if ($_.Exception.Response.StatusCode.value__ -ne 401) {
            throw
        }
        switch (($_.ErrorDetails.Message | ConvertFrom-Json).code) {
            # pcmfa: check
            '900421' { Write-Warning 'repeat the consent with MFA' }
            '900420' { Write-Warning 'the token is for a retired audience' }
            default { Write-Warning 'refused' }
        }
        continue
    }
}
