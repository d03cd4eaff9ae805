# pcmfa: decoy
Connect-PnPOnline -Url https://contoso.sharepoint.com -DeviceLogin

# pcmfa: acquisition flow=silent verdict=capable pc=yes
$token = Get-PnPAccessToken -ResourceUrl 'https://api.partnercenter.microsoft.com'
# pcmfa: call verdict=capable from=silent
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $token" }

# pcmfa: decoy
Get-PnPAccessToken
