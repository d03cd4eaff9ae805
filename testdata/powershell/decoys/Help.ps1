<#
.SYNOPSIS
Prints how one signs in.
.EXAMPLE
PS> # pcmfa: decoy
PS> Connect-PartnerCenter -ApplicationId $id -Credential (Get-Credential)
PS> Get-PartnerCustomer
#>
function Show-SignIn {
    # $token = Invoke-RestMethod -Body @{ grant_type = 'password'; resource = 'https://api.partnercenter.microsoft.com' }
    # pcmfa: decoy
    Write-Host 'Run: Connect-PartnerCenter -ApplicationId $id -Credential $cred; Get-PartnerCustomer'

    # pcmfa: decoy
    $template = @'
$body = @{ grant_type = 'password'; resource = 'https://api.partnercenter.microsoft.com' }
Invoke-RestMethod -Method Post -Uri 'https://login.microsoftonline.com/common/oauth2/token' -Body $body
Invoke-RestMethod -Uri 'https://api.partnercenter.microsoft.com/v1/customers'
'@
    $template | Set-Content ./sample.ps1
}

Show-SignIn
# pcmfa: decoy
Get-Help Connect-PartnerCenter -Full
