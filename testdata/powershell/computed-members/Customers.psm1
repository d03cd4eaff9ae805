using namespace Microsoft.Store.PartnerCenter
using namespace Microsoft.Store.PartnerCenter.Extensions

function Connect-Csp {
    param([Parameter(Mandatory)] [string] $ClientId, [Parameter(Mandatory)] [string] $Secret, [string] $Domain)

    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
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

function Get-CspColumn {
    param($Row, [string] $Column)

    # No operation: the member is one of a table.
    # pcmfa: decoy
    $format = 'ToUpper'
    $Row.$Column.$format()
}
