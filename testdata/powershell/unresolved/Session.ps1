# Whoever runs this has signed in before.
# pcmfa: call verdict=unresolved ; finding unresolved-token
Get-PartnerCustomer -CustomerId $env:CUSTOMER_ID
