<#
.SYNOPSIS
    A runbook of Azure Automation; its assets hold the secrets.
#>
workflow Sync-Nothing { }

Import-Module .\Common.psm1
$api = 'https://api.partnercenter.microsoft.com'

$service = Get-AutomationPSCredential -Name 'PartnerService'
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$fields = @{ grant_type = 'password'; resource = $api; username = $service.UserName; password = $service.GetNetworkCredential().Password }
$headers = @{ Authorization = "Bearer $(Get-Token -Fields $fields)" }
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Uri "$api/v1/customers" -Headers $headers

# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
$fields = @{ grant_type = 'refresh_token'; resource = $api; refresh_token = (Get-AutomationVariable -Name 'RefreshToken') }
$headers = @{ Authorization = "Bearer $(Get-Token -Fields $fields)" }
# pcmfa: call verdict=capable from=refresh-token
Invoke-RestMethod -Uri "$api/v1/agreements" -Headers $headers

# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
$fields = @{ grant_type = 'client_credentials'; resource = $api; client_id = (Get-AutomationVariable -Name 'ClientId'); client_secret = (Get-AutomationVariable -Name 'Secret') }
$headers = @{ Authorization = "Bearer $(Get-Token -Fields $fields)" }
# pcmfa: call verdict=exempt from=client-credentials
Invoke-RestMethod -Uri "$api/v1/invoices" -Headers $headers

Get-Page -Url '/v1/customers'
