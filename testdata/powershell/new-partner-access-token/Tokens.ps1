$partner = 'https://api.partnercenter.microsoft.com/user_impersonation'
$application = Get-Credential
$id = $application.UserName

# The consent, once.
# pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
$consent = New-PartnerAccessToken -ApplicationId $id -Credential $application -ServicePrincipal -Tenant $env:TENANT `
    -Scopes $partner -UseAuthorizationCode

# Every run, with what the consent gave. -ServicePrincipal only names the kind of credential here.
# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
$token = New-PartnerAccessToken -ApplicationId $id -Credential $application -RefreshToken $consent.RefreshToken `
    -Scopes $partner -ServicePrincipal -Tenant $env:TENANT

# pcmfa: call verdict=capable from=refresh-token
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' `
    -Headers @{ Authorization = "Bearer $($token.AccessToken)" }

# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
$app = New-PartnerAccessToken -ApplicationId $id -Credential $application -ServicePrincipal -Tenant $env:TENANT `
    -Scopes 'https://api.partnercenter.microsoft.com/.default'

# pcmfa: call verdict=exempt from=client-credentials
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/invoices' `
    -Headers @{ Authorization = 'Bearer ' + $app.AccessToken }

# The same cmdlet for other resources.
# pcmfa: decoy
$graph = New-PartnerAccessToken -ApplicationId $id -Credential $application -RefreshToken $consent.RefreshToken -Scopes 'https://graph.microsoft.com/.default'
# pcmfa: decoy
$exchange = New-PartnerAccessToken -Module ExchangeOnline
Invoke-RestMethod -Uri 'https://graph.microsoft.com/v1.0/me' -Headers @{ Authorization = "Bearer $($graph.AccessToken)" }
$exchange.AccessToken.Length
