Add-Type -Path ./Microsoft.Identity.Client.dll

[string[]] $scopes = 'https://api.partnercenter.microsoft.com/.default'
$app = [Microsoft.Identity.Client.PublicClientApplicationBuilder]::Create($env:CLIENT_ID).WithTenantId($env:TENANT).Build()
$password = ConvertTo-SecureString $env:PARTNER_PASSWORD -AsPlainText -Force

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$result = $app.AcquireTokenByUsernamePassword($scopes, $env:PARTNER_USER, $password).ExecuteAsync().GetAwaiter().GetResult()

# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = $result.CreateAuthorizationHeader() }

[string[]] $other = 'https://graph.microsoft.com/.default'
# pcmfa: decoy
$graph = $app.AcquireTokenByUsernamePassword($other, $env:MAIL_USER, $password).ExecuteAsync().Result
$graph.ExpiresOn
