using namespace Microsoft.Store.PartnerCenter
using namespace Microsoft.Store.PartnerCenter.Extensions

function Connect-Csp {
    param([Parameter(Mandatory)] [string] $ClientId, [Parameter(Mandatory)] [string] $Secret, [string] $Domain)

    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience ; finding retired-library
    $credentials = [PartnerCredentials]::Instance.GenerateByApplicationCredentials($ClientId, $Secret, $Domain)
    $script:Partner = [PartnerService]::Instance.CreatePartnerOperations($credentials)
}

function Get-CspCustomer {
    param([string] $CustomerId, [switch] $Async, $Partner = $script:Partner)

    # The method's name is in a variable.
    $get = $Async ? 'GetAsync' : 'Get'
    if ($CustomerId) {
        # pcmfa: call verdict=exempt from=client-credentials
        return $Partner.Customers.ById($CustomerId).$get()
    }
    # pcmfa: call verdict=exempt from=client-credentials
    $Partner.Customers.$get()
}

function Get-CspDomain {
    param([string] $CustomerId, $Partner = $script:Partner)

    # The SDK's token for a request that the SDK does not have.
    # pcmfa: call verdict=exempt from=client-credentials
    Invoke-RestMethod -Uri "https://api.partnercenter.microsoft.com/v1/customers/$CustomerId/customDomains" -Headers @{
        Authorization = "Bearer $($Partner.Credentials.PartnerServiceToken)"
    }
}

function Get-CspColumn {
    param($Row, [string] $Column)

    # No operation: the member is one of a table.
    # pcmfa: decoy
    $format = 'ToUpper'
    $Row.$Column.$format()
}
