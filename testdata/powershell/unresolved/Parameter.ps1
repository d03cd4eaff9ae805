[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $AccessToken,
    [string] $CustomerId
)

$headers = @{ Authorization = "Bearer $AccessToken" }
# pcmfa: call verdict=unresolved ; finding unresolved-token
Invoke-RestMethod -Uri "https://api.partnercenter.microsoft.com/v1/customers/$CustomerId" -Headers $headers
