# The same splat serves both requests and changes in between.
param([string] $Tenant, [string] $ClientId, [string] $Secret, [string] $RefreshToken)

$tokenRequest = @{
    Uri    = "https://login.microsoftonline.com/$Tenant/oauth2/token"
    Method = 'POST'
    Body   = @{
        client_id     = $ClientId
        client_secret = $Secret
        resource      = 'https://api.partnercenter.microsoft.com'
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        grant_type    = 'refresh_token'
        refresh_token = $RefreshToken
    }
}
$token = (Invoke-RestMethod @tokenRequest).access_token

$call = @{ Headers = @{ Authorization = "Bearer $token" } }
$call.Uri = 'https://api.partnercenter.microsoft.com/v1/customers'
# pcmfa: call verdict=capable from=refresh-token
$customers = Invoke-RestMethod @call

$call.Uri = 'https://status.contoso.example/v1/customers'
$call.Headers = @{}
# pcmfa: decoy
Invoke-RestMethod @call | Out-Null
