# pcmfa: finding mfa-policy-exclusion
Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -IsEnabled:$false

# pcmfa: finding mfa-policy-exclusion
$params = @{ isEnabled = $false }
Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -BodyParameter $params

# pcmfa: finding mfa-policy-exclusion
Invoke-MgGraphRequest -Method PATCH -Uri 'https://graph.microsoft.com/v1.0/policies/identitySecurityDefaultsEnforcementPolicy' -Body @{ isEnabled = $false }

# pcmfa: finding mfa-policy-exclusion
$json = @{ isEnabled = $false } | ConvertTo-Json
Invoke-RestMethod -Method Patch -Uri 'https://graph.microsoft.com/v1.0/policies/identitySecurityDefaultsEnforcementPolicy' -Body $json -Headers $headers

# pcmfa: decoy
Update-MgPolicyIdentitySecurityDefaultEnforcementPolicy -IsEnabled:$true

# pcmfa: decoy
Update-MgPolicyAuthorizationPolicy -BodyParameter @{ isEnabled = $false }
