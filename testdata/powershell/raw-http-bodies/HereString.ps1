param([string] $Tenant, [string] $ClientId, [string] $User, [string] $Password)

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$body = @"
grant_type=password&client_id=$ClientId&username=$User&password=$Password&scope=https%3A%2F%2Fapi.partnercenter.microsoft.com%2F.default
"@

$answer = Invoke-WebRequest -UseBasicParsing -Method Post `
    -Uri "https://login.microsoftonline.com/$Tenant/oauth2/v2.0/token" `
    -ContentType 'application/x-www-form-urlencoded' `
    -Body $body
$access = ($answer.Content | ConvertFrom-Json).access_token

# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Headers @{ Authorization = "Bearer $access" } `
    -Uri 'https://api.partnercenter.microsoft.com/v1/invoices'
