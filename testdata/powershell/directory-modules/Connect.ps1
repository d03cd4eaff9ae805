# Sign-ins with a password, none of them for Partner Center; one call that is.
$credential = Get-Credential

# pcmfa: decoy ; finding retired-library
Connect-AzureAD -Credential $credential
# pcmfa: decoy
Connect-MsolService -Credential $credential
# pcmfa: decoy
Connect-MgGraph -Scopes 'Directory.Read.All'
# pcmfa: decoy
Login-AzureRmAccount -Credential $credential

# pcmfa: acquisition flow=interactive verdict=capable pc=yes
Connect-PartnerCenter
# pcmfa: call verdict=capable from=interactive
Get-PartnerCustomer
