# pcmfa: decoy
Get-MgUser -All
# pcmfa: finding retired-library
$admins = Get-AzureADDirectoryRole
# pcmfa: decoy
$tenant = Get-AzTenant
