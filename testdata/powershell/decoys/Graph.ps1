# A password, but not for Partner Center.
$body = @{
    # pcmfa: decoy
    grant_type = 'password'
    resource   = 'https://graph.microsoft.com'
    client_id  = $env:CLIENT_ID
    username   = $env:MAIL_USER
    password   = $env:MAIL_PASSWORD
}
$graph = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/token' -Body $body
# pcmfa: decoy
Invoke-RestMethod -Uri 'https://graph.microsoft.com/v1.0/tenantRelationships/delegatedAdminRelationships' -Headers @{
    Authorization = "Bearer $($graph.access_token)"
}
