#!/usr/bin/env bash
set -euo pipefail

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
pwsh -NoProfile -Command 'Connect-PartnerCenter -Credential (New-Object PSCredential $env:PARTNER_USER, (ConvertTo-SecureString $env:PARTNER_PASSWORD -AsPlainText -Force))'

# pcmfa: decoy
pwsh -Command 'Write-Host "Connect-PartnerCenter -Credential"'
