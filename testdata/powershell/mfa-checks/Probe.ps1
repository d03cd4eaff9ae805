# pcmfa: check
Connect-PartnerCenter -EnforceMFA # pcmfa: acquisition flow=interactive verdict=capable pc=yes

# pcmfa: check
Test-PartnerSecurityRequirement

# pcmfa: acquisition flow=device-code verdict=capable pc=yes
$result = New-PartnerAccessToken -ApplicationId $env:CLIENT_ID -UseDeviceAuthentication `
    -Scopes 'https://api.partnercenter.microsoft.com/user_impersonation'
$token = $result.AccessToken
$headers = @{
    Authorization = "Bearer $token"
    ValidateMfa   = 'true' # pcmfa: check
}

try {
    # pcmfa: call verdict=capable from=device-code
    $response = Invoke-WebRequest -Uri 'https://api.partnercenter.microsoft.com/v1/profiles/mpn' -Headers $headers

    # pcmfa: check
    "MFA: $($response.Headers['isMfaCompliant'])"
}
catch {
    $problem = $_.ErrorDetails.Message | ConvertFrom-Json
    # pcmfa: check
    if ($problem.code -eq '900421') { throw 'Sign in with MFA' }

    # Another code.
    # pcmfa: decoy
    if ($problem.code -eq '900329') { throw 'Needs a user' }
}
