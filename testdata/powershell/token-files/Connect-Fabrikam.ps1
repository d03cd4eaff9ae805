# Signs in once, and keeps what is needed later in files.
param([string]$Store = "$env:LOCALAPPDATA\Fabrikam")

function Save-Sign {
    param($Name, $Value)
    $Value | Export-Clixml -Path (Join-Path $Store "$Name.xml")
}

$device = New-PartnerAccessToken -ApplicationId '9a1c1e0b-62a5-4a1e-8a52-3f1f4b1f0d11' -Scopes 'https://api.partnercenter.microsoft.com/user_impersonation' -UseDeviceAuthentication # pcmfa: acquisition flow=device-code verdict=capable pc=yes
Save-Sign 'refresh' ($device.RefreshToken | ConvertTo-SecureString -AsPlainText -Force)
