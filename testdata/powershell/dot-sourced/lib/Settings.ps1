$PartnerHost = 'https://api.partnercenter.microsoft.com'
$PartnerApp = '3d8b9a3e-1f8d-4a55-9b3f-0f6c6a8a1c06'
