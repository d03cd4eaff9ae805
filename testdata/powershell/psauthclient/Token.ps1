$code = Invoke-OAuth2AuthorizationEndpoint -uri 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize' `
    -client_id $env:CLIENT_ID -redirect_uri 'http://localhost' -scope 'https://api.partnercenter.microsoft.com/user_impersonation'

# pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
$token = Invoke-OAuth2TokenEndpoint -uri 'https://login.microsoftonline.com/common/oauth2/v2.0/token' -code $code.code `
    -client_id $env:CLIENT_ID -scope 'https://api.partnercenter.microsoft.com/user_impersonation'
# pcmfa: call verdict=capable from=authorization-code
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $($token.access_token)" }

# pcmfa: decoy
Invoke-OAuth2TokenEndpoint -uri 'https://identity.contoso.example/connect/token' -client_id shop -client_secret $env:SHOP -scope orders
