# pcmfa: finding static-token
$token = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.'
# pcmfa: call verdict=unresolved ; finding unresolved-token
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/auditrecords' -Headers @{ Authorization = "Bearer $token" }

# pcmfa: decoy
$mailToken = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.'
Invoke-RestMethod -Uri 'https://graph.microsoft.com/v1.0/users' -Headers @{ Authorization = "Bearer $mailToken" }
