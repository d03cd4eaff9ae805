# Whoever runs this has signed in before, in a way that the script does not show.
# pcmfa: call verdict=unresolved ; finding unresolved-token
Get-PartnerCustomer -CustomerId $args[0]
