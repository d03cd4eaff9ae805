Import-Module PartnerCenterModule

$credential = Get-Credential
# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
Add-PCAuthentication -cspAppID '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c04' -cspDomain 'contoso.example' -credential $credential

# pcmfa: call verdict=blocked from=ropc
$customers = Get-PCCustomer
# pcmfa: call verdict=blocked from=ropc
Get-PCSubscription -TenantId $customers[0].id

# Builds an object, sends nothing.
# pcmfa: decoy
New-PCOrderLineItem -LineItemNumber 0 -OfferId $env:OFFER -FriendlyName seats -Quantity 5

# A helper that scripts copy from the module, asked for the directory.
# pcmfa: decoy
$graph = Get-GraphAADTokenByUser -Resource 'https://graph.microsoft.com' -Domain 'contoso.example' -ClientId $env:APP -Credential $credential
$graph.Length
