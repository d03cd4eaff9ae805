# The exchange passes the token on; what it is worth was decided before.
param([pscredential] $Credential)

function Get-DirectoryToken {
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    $body = "grant_type=password&resource=https://api.partnercenter.microsoft.com&client_id=$env:CLIENT_ID"
    $body = $body + "&username=$($Credential.UserName)&password=$($Credential.GetNetworkCredential().Password)"
    $answer = Invoke-RestMethod -Uri "https://login.windows.net/$env:TENANT/oauth2/token" -Method POST -Body $body
    return $answer.access_token
}

$directory = Get-DirectoryToken
# pcmfa: call verdict=blocked from=ropc ; finding retired-library
$session = Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/generatetoken' -Method POST `
    -Headers @{ Authorization = "Bearer $directory" } -Body 'grant_type=jwt_token'

# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' `
    -Headers @{ Authorization = "Bearer $($session.access_token)" }
