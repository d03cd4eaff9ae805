param([string]$Store = "$env:LOCALAPPDATA\Fabrikam")

function Read-Sign {
    param($Name)
    Import-Clixml -Path (Join-Path $Store "$Name.xml")
}

$kept = Read-Sign 'refresh'
$plain = (New-Object PSCredential 'x', $kept).GetNetworkCredential().Password
$body = @{
    grant_type    = 'refresh_token' # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes
    refresh_token = $plain
    client_id     = '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11'
    scope         = 'https://api.partnercenter.microsoft.com/.default'
}
$token = (Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/v2.0/token' -Body $body).access_token
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $token" } # pcmfa: call verdict=capable from=refresh-token

# A secure string that holds an access token.
$form = "grant_type=password&resource=https://api.partnercenter.microsoft.com&username=$($env:ROBOT)&password=$($env:ROBOT_PASSWORD)" # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$answer = Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/token' -Body $form
$secure = ConvertTo-SecureString -String $answer.access_token -AsPlainText -Force
$pointer = [System.Runtime.InteropServices.Marshal]::SecureStringToBSTR($secure)
$again = [System.Runtime.InteropServices.Marshal]::PtrToStringAuto($pointer)
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/invoices' -Headers @{ Authorization = "Bearer $again" } # pcmfa: call verdict=blocked from=ropc

# JSON written and read back.
$answer | ConvertTo-Json | Set-Content -Path "$Store\password.json"
$read = Get-Content -Path "$Store\password.json" -Raw | ConvertFrom-Json
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/agreements' -Headers @{ Authorization = "Bearer $($read.access_token)" } # pcmfa: call verdict=blocked from=ropc

# Another file.
$weather = Get-Content -Path "$Store\weather.json" -Raw | ConvertFrom-Json
Invoke-RestMethod -Uri 'https://weather.example/v1/customers' -Headers @{ Authorization = "Bearer $($weather.key)" } # pcmfa: decoy
