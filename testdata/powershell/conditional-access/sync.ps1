$secret = Get-Credential

# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
Connect-PartnerCenter -ServicePrincipal -Credential $secret -Tenant contoso.example

# pcmfa: call verdict=exempt from=client-credentials
Get-PartnerOffer -CountryCode US
