Add-Type -Path ./Microsoft.Rest.ClientRuntime.Azure.Authentication.dll
Add-Type -Path ./Microsoft.Azure.Services.AppAuthentication.dll

$settings = [Microsoft.Rest.Azure.Authentication.ActiveDirectoryServiceSettings]::new()
$settings.TokenAudience = [uri] 'https://api.partnercenter.microsoft.com'
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$credentials = [Microsoft.Rest.Azure.Authentication.UserTokenProvider]::LoginSilentAsync($env:CLIENT, 'contoso.example', $env:PC_USER, $env:PC_PASSWORD, $settings).Result

$provider = New-Object Microsoft.Azure.Services.AppAuthentication.AzureServiceTokenProvider
# pcmfa: acquisition flow=managed-identity verdict=exempt pc=yes
$token = $provider.GetAccessTokenAsync('https://api.partnercenter.microsoft.com').Result
# pcmfa: call verdict=exempt from=managed-identity
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/invoices' -Headers @{ Authorization = "Bearer $token" }
# pcmfa: decoy
$provider.PrincipalUsed
