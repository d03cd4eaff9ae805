# A test that puts a function of its own in the place of the command.
function Get-PartnerCustomer {
    param([string] $CustomerId)

    [pscustomobject]@{ id = $CustomerId; companyProfile = @{ companyName = 'Fabrikam' } }
}

function Test-Report {
    # pcmfa: decoy
    $customer = Get-PartnerCustomer -CustomerId '4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04'
    if ($customer.companyProfile.companyName -ne 'Fabrikam') { throw 'wrong customer' }
}

Test-Report
