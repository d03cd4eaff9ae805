. "$PSScriptRoot\lib\Settings.ps1"
. (Join-Path $PSScriptRoot 'lib/Login.ps1')

$header = Get-PartnerHeader $env:PARTNER_USER $env:PARTNER_PASSWORD
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Uri "$PartnerHost/v1/customers" -Headers $header

# pcmfa: decoy
Invoke-RestMethod -Uri "$PartnerHosts/v1/customers" -Headers @{}
