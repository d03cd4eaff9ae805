# Functions of the script with the names of cmdlets: the script's own code is what runs.
function Get-PartnerCustomer {
    param([string] $Name)
    Import-Csv -Path ./customers.csv | Where-Object Name -like "*$Name*"
}

function New-PartnerAccessToken {
    param([string] $Scopes, [string] $RefreshToken)
    $form = @{
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        grant_type    = 'refresh_token'
        client_id     = $env:CLIENT_ID
        refresh_token = $RefreshToken
        scope         = $Scopes
    }
    Invoke-RestMethod -Method Post -Body $form -Uri 'https://login.microsoftonline.com/common/oauth2/v2.0/token'
}

Set-Alias -Name Get-Cust -Value Get-PartnerCustomer

# pcmfa: decoy
Get-PartnerCustomer -Name contoso
# pcmfa: decoy
Get-Cust fabrikam

$token = New-PartnerAccessToken -Scopes 'https://api.partnercenter.microsoft.com/.default' -RefreshToken $env:REFRESH
# pcmfa: call verdict=capable from=refresh-token
Invoke-RestMethod 'https://api.partnercenter.microsoft.com/v1/customers' -Headers @{ Authorization = "Bearer $($token.access_token)" }
