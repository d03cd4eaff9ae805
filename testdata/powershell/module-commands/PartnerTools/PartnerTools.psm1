# A module of our own that offers commands of the PartnerCenter module under their names.

function New-PartnerAccessToken {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [pscredential] $Credential,
        [Parameter(Mandatory)] [string] $RefreshToken,
        [string] $Tenant = 'common'
    )

    $form = @{
        # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        grant_type    = 'refresh_token'
        refresh_token = $RefreshToken
        client_id     = $Credential.UserName
        client_secret = $Credential.GetNetworkCredential().Password
    }
    $answer = Invoke-RestMethod -Method Post -Body $form -Uri "https://login.microsoftonline.com/$Tenant/oauth2/token"
    [pscustomobject]@{ AccessToken = $answer.access_token; RefreshToken = $answer.refresh_token }
}

function Connect-PartnerCenter {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [pscredential] $Credential,
        [Parameter(Mandatory)] [string] $RefreshToken,
        [string] $Tenant = 'common'
    )

    # A command of the module that the module itself uses.
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    $script:Session = New-PartnerAccessToken -Credential $Credential -RefreshToken $RefreshToken -Tenant $Tenant
}

function Get-PartnerCustomer {
    [CmdletBinding()]
    param([string] $CustomerId, [string] $AccessToken = $script:Session.AccessToken)

    $uri = 'https://api.partnercenter.microsoft.com/v1/customers'
    if ($CustomerId) {
        $uri = "https://api.partnercenter.microsoft.com/v1/customers/$CustomerId"
    }
    # pcmfa: call verdict=capable from=refresh-token
    Invoke-RestMethod -Uri $uri -Headers @{ Authorization = "Bearer $AccessToken" }
}

function Get-PartnerCustomerReport {
    [CmdletBinding()]
    param([string] $AccessToken = $script:Session.AccessToken)

    # pcmfa: call verdict=capable from=refresh-token
    $customers = Get-PartnerCustomer -AccessToken $AccessToken
    $customers.items | ForEach-Object { Format-Customer -Customer $_ }
}

# Sends nothing: the invoices were downloaded before.
function Get-PartnerInvoice {
    [CmdletBinding()]
    param([string] $Month)

    Import-Csv -Path (Join-Path $PSScriptRoot "invoices-$Month.csv")
}

function Format-Customer {
    param($Customer)

    '{0} ({1})' -f $Customer.companyProfile.companyName, $Customer.id
}
