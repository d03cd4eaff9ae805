# pcmfa: acquisition flow=device-code verdict=capable pc=yes
$token = Get-AzToken -Resource 'https://api.partnercenter.microsoft.com' -DeviceCode
# pcmfa: call verdict=capable from=device-code
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $($token.Token)" }

# Whatever the machine is signed in with.
# pcmfa: acquisition flow=unknown verdict=unresolved pc=yes
$any = Get-AzToken 'https://api.partnercenter.microsoft.com'
# pcmfa: call verdict=unresolved from=unknown ; finding unresolved-token
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/invoices' -Headers @{ Authorization = "Bearer $($any.Token)" }

# pcmfa: decoy
Get-AzToken -Interactive
