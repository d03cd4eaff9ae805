Add-Type -Path ./Azure.Identity.dll

$credential = [Azure.Identity.ClientSecretCredential]::new($env:TENANT, $env:CLIENT, $env:SECRET)
$context = [Azure.Core.TokenRequestContext]::new([string[]] 'https://api.partnercenter.microsoft.com/.default')
# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
$token = $credential.GetToken($context, [Threading.CancellationToken]::None)
# pcmfa: call verdict=exempt from=client-credentials
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/invoices' -Headers @{ Authorization = "Bearer $($token.Token)" }

# pcmfa: decoy
$counter.GetToken('pinball')
