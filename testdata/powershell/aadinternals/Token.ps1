# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$token = Get-AADIntAccessTokenForMSPartner -Credentials (Get-Credential)
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $token" }

# Another service of the same family.
# pcmfa: decoy
Get-AADIntAccessTokenForTeams -Credentials (Get-Credential)

# A command that is only quoted.
# pcmfa: decoy
Write-Host 'Get-AADIntAccessTokenForMSPartner -Credentials $c'
