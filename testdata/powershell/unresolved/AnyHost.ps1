# Neither the host nor the token is known; nothing here says Partner Center.
param([uri] $Uri, [string] $AccessToken)

# pcmfa: decoy
Invoke-RestMethod -Uri $Uri -Headers @{ Authorization = "Bearer $AccessToken" }
