# A block that a pipeline runs assigns in the scope around it.
$code = $null
Receive-Job -Name listener -Wait | ForEach-Object {
    if ($_.Code) { $code = $_.Code }
}
if (!$code) {
    throw 'Nobody signed in.'
}

$form = @{
    # pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    grant_type   = 'authorization_code'
    code         = $code
    client_id    = '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c01'
    redirect_uri = 'http://localhost:8400/'
    resource     = 'https://api.partnercenter.microsoft.com'
}
$answer = Invoke-RestMethod -Method Post -Body $form -Uri 'https://login.microsoftonline.com/common/oauth2/token'
# pcmfa: call verdict=capable from=authorization-code
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $($answer.access_token)" }
