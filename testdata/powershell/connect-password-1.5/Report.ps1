#Requires -Modules @{ ModuleName = 'PartnerCenter'; RequiredVersion = '1.5.1811.4' }
# Up to 1.5.1812.1 these parameters signed a user in with a password.
$user = Get-Credential -Message 'Partner user'

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
Connect-PartnerCenter -ApplicationId '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c03' -Credential $user

# pcmfa: call verdict=blocked from=ropc
Get-PartnerCustomerUser -CustomerId $env:CUSTOMER_ID
