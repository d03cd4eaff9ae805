Import-Module "$PSScriptRoot/Contoso.psm1"

$inventory = @{}
$inventory['users'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/users' -AsApp
$inventory['groups'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/groups' -AsApp
$inventory['devices'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/devices' -AsApp
$inventory['applications'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/applications' -AsApp
$inventory['servicePrincipals'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/servicePrincipals' -AsApp
$inventory['domains'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/domains' -AsApp
$inventory['organization'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/organization' -AsApp
$inventory['subscribedSkus'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/subscribedSkus' -AsApp
$inventory['directoryRoles'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/directoryRoles' -AsApp
$inventory['directoryRoleTemplates'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/directoryRoleTemplates' -AsApp
$inventory['contracts'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/contracts' -AsApp
$inventory['policies-authorizationPolicy'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/policies/authorizationPolicy' -AsApp
$inventory['policies-conditionalAccessPolicies'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/policies/conditionalAccessPolicies' -AsApp
$inventory['identity-identityProviders'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/identity/identityProviders' -AsApp
$inventory['auditLogs-signIns'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/auditLogs/signIns' -AsApp
$inventory['auditLogs-directoryAudits'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/auditLogs/directoryAudits' -AsApp
$inventory['reports-authenticationMethods'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/reports/authenticationMethods' -AsApp
$inventory['security-alerts'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/security/alerts' -AsApp
$inventory['security-secureScores'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/security/secureScores' -AsApp
$inventory['deviceManagement-managedDevices'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/deviceManagement/managedDevices' -AsApp
$inventory['deviceManagement-deviceConfigurations'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/deviceManagement/deviceConfigurations' -AsApp
$inventory['deviceAppManagement-mobileApps'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/deviceAppManagement/mobileApps' -AsApp
$inventory['sites-root'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/sites/root' -AsApp
$inventory['drives'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/drives' -AsApp
$inventory['teams'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/teams' -AsApp
$inventory['chats'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/chats' -AsApp
$inventory['subscriptions'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/subscriptions' -AsApp
$inventory['schemaExtensions'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/schemaExtensions' -AsApp
$inventory['places'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/places' -AsApp
$inventory['agreements'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/agreements' -AsApp

$scope = 'https://api.partnercenter.microsoft.com/.default'
# pcmfa: call verdict=exempt from=client-credentials
$inventory['products'] = Send-ContosoRequest -Uri 'https://api.partnercenter.microsoft.com/v1/products?country=DE' -Scope $scope -AsApp
# pcmfa: call verdict=blocked from=ropc
$inventory['customers'] = Send-ContosoRequest -Uri 'https://api.partnercenter.microsoft.com/v1/customers' -Scope $scope
# pcmfa: decoy
$inventory['mail'] = Send-ContosoRequest -Uri 'https://graph.microsoft.com/v1.0/me/messages'

$inventory | ConvertTo-Json -Depth 8 | Set-Content "$PSScriptRoot/inventory.json"
