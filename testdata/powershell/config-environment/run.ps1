param($Timer)

$fields = @{
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    grant_type = 'password'
    resource   = $env:PARTNER_API
    client_id  = $env:CLIENT_ID
    username   = $env:PARTNER_USER
    password   = $env:PARTNER_PASSWORD
}
$token = (Invoke-RestMethod -Method Post -Body $fields -Uri 'https://login.microsoftonline.com/common/oauth2/token').access_token

# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Uri "$env:PARTNER_API/v1/customers" -Headers @{ Authorization = "Bearer $token" }

$crm = [Environment]::GetEnvironmentVariable('CRM_API')
# pcmfa: decoy
Invoke-RestMethod -Uri "$crm/v1/customers" -Headers @{ 'X-Key' = $env:CRM_KEY }
