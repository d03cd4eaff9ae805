# .NET from PowerShell: constructors, enum members, a generic dictionary.
using namespace System.Net.Http

$client = [HttpClient]::new()
$pairs = [System.Collections.Generic.Dictionary[string, string]]::new()
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$pairs['grant_type'] = 'password'
$pairs['resource'] = 'https://api.partnercenter.microsoft.com'
$pairs['client_id'] = $env:CLIENT_ID
$pairs['username'] = $env:PARTNER_USER
$pairs['password'] = $env:PARTNER_PASSWORD
$reply = $client.PostAsync('https://login.microsoftonline.com/common/oauth2/token', [FormUrlEncodedContent]::new($pairs)).Result
$token = ($reply.Content.ReadAsStringAsync().Result | ConvertFrom-Json).access_token

$client.DefaultRequestHeaders.Authorization = [Headers.AuthenticationHeaderValue]::new('Bearer', $token)
# pcmfa: call verdict=blocked from=ropc
$client.GetStringAsync('https://api.partnercenter.microsoft.com/v1/customers').Result

$web = New-Object System.Net.WebClient
# pcmfa: decoy
$web.DownloadString('https://contoso.example/v1/customers')
