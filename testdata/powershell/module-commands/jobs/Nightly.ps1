#Requires -Modules PartnerTools
# What the parameters are stands in a file that is not here.
$connection = Import-Clixml -Path "$env:ProgramData\PartnerTools\connection.xml"

# pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
Connect-PartnerCenter @connection

# pcmfa: call verdict=capable from=refresh-token
Get-PartnerCustomer | Export-Csv -Path ./customers.csv

# pcmfa: decoy
Get-PartnerInvoice -Month (Get-Date -Format 'yyyy-MM')
