Import-Module MSAL.PS
$partner = 'https://api.partnercenter.microsoft.com/user_impersonation'

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$password = Get-MsalToken -ClientId $env:CLIENT_ID -TenantId $env:TENANT -Scopes $partner -UserCredential (Get-Credential)
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = $password.CreateAuthorizationHeader() }

# pcmfa: acquisition flow=integrated-windows verdict=blocked pc=yes ; finding integrated-windows-auth
$windows = Get-MsalToken -ClientId $env:CLIENT_ID -IntegratedWindowsAuth -Scope $partner
# pcmfa: call verdict=blocked from=integrated-windows
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/invoices' -Headers @{ Authorization = "Bearer $($windows.AccessToken)" }

# pcmfa: acquisition flow=interactive verdict=capable pc=yes
$browser = Get-MsalToken -ClientId $env:CLIENT_ID -Scopes $partner
# pcmfa: call verdict=capable from=interactive
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/agreements' -Headers @{ Authorization = "Bearer $($browser.AccessToken)" }

# Microsoft Graph when nothing is asked for.
# pcmfa: decoy
$default = Get-MsalToken -ClientId $env:CLIENT_ID -UserCredential (Get-Credential)
Invoke-RestMethod 'https://graph.microsoft.com/v1.0/me' -Headers @{ Authorization = "Bearer $($default.AccessToken)" }
