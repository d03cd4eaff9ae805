$secret = Get-Content ./secret.txt | ConvertTo-SecureString
$arguments = @{
    CspAppId        = '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c05'
    CspDomain       = 'contoso.example'
    CspClientSecret = $secret
}
# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
$sa = New-PCSaToken @arguments

# pcmfa: call verdict=exempt from=client-credentials
Get-PCCustomer -TenantId $env:CUSTOMER -SaToken $sa
