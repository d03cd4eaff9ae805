$resource = 'https://partner.partnercenterapi.microsoftonline.cn'
$fields = @{
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    grant_type = 'password'
    resource   = $resource
    client_id  = $env:CLIENT_ID
    username   = $env:PARTNER_USER
    password   = $env:PARTNER_PASSWORD
}
$token = Invoke-RestMethod -Method Post -Body $fields -Uri 'https://login.partner.microsoftonline.cn/common/oauth2/token'

# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Uri "$resource/v1/customers" -Headers @{ Authorization = "Bearer $($token.access_token)" }

# The portal of the same cloud.
# pcmfa: decoy
Invoke-RestMethod -Uri 'https://partner.microsoftonline.cn/health'
