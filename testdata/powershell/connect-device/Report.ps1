# An abbreviated alias of a switch.
# pcmfa: acquisition flow=device-code verdict=capable pc=yes
Connect-PartnerCenter -DeviceCode

# pcmfa: call verdict=capable from=device-code
Get-PartnerInvoice -InvoiceId D020000001 | Format-List
