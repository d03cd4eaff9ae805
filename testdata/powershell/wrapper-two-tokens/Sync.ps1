Import-Module "$PSScriptRoot/Token.psm1"

$partnerCenter = 'https://api.partnercenter.microsoft.com'
$graph = 'https://graph.microsoft.com'

$graphHeaders = @{ Authorization = 'Bearer ' + (Get-ContosoToken -Resource $graph -AsApp) }
# pcmfa: decoy
Invoke-RestMethod -Uri "$graph/v1.0/organization" -Headers $graphHeaders

$token = Get-ContosoToken -Resource $partnerCenter
$headers = @{ Authorization = "Bearer $token" }
# pcmfa: call verdict=blocked from=ropc
$customers = Invoke-RestMethod -Uri "$partnerCenter/v1/customers?size=500" -Headers $headers -Method Get
$customers.items | Select-Object id, companyProfile
