# Keys in any case, the table built up step by step.
param([string] $Tenant, [string] $ClientId, [pscredential] $Credential)

$form = @{}
$form.Resource = 'https://api.partnercenter.microsoft.com'
$form['client_id'] = $ClientId
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$form.Add('Grant_Type', 'password')
$form.username = $Credential.UserName
$form.password = $Credential.GetNetworkCredential().Password

$reply = Invoke-RestMethod "https://login.microsoftonline.com/$Tenant/oauth2/token" -Method POST -Body $form

$headers = @{
    Authorization = "Bearer $($reply.access_token)"
    Accept        = 'application/json'
}
# pcmfa: call verdict=blocked from=ropc
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers $headers
