Import-Module ./Partner.psm1

$header = Get-PartnerHeader -Scope 'https://api.partnercenter.microsoft.com/.default'
# pcmfa: call verdict=capable from=refresh-token
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers $header
