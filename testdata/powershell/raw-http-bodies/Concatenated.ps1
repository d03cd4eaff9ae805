param($Tenant, $ClientId, [pscredential] $Cred)

$endpoint = 'https://login.windows.net/{0}/oauth2/token' -f $Tenant
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$payload = 'grant_type=password'
$payload += '&client_id=' + $ClientId
$payload += '&resource=https://api.partnercenter.microsoft.com'
$payload += "&username=$($Cred.UserName)"
$payload += "&password=$($Cred.GetNetworkCredential().Password)"

$json = irm $endpoint -Method Post -Body $payload
$auth = 'Bearer', $json.access_token -join ' '
# pcmfa: call verdict=blocked from=ropc
iwr https://api.partnercenter.microsoft.com/v1/customers -Headers @{ Authorization = $auth }
