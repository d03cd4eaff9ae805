# Creates the policies of the tenant that the sync below signs in to.
$excluded = '6f2a9d0c-31b4-4f0e-9a53-1d7c0b8e2f11'

$params = @{
    displayName   = 'All users: MFA'
    state         = 'enabled'
    conditions    = @{
        applications = @{ includeApplications = @('All') }
        users        = @{
            includeUsers = @('All')
            # pcmfa: finding mfa-policy-exclusion
            excludeUsers = @('partner-sync@contoso.example')
        }
    }
    grantControls = @{ operator = 'OR'; builtInControls = @('mfa') }
}
New-MgIdentityConditionalAccessPolicy -BodyParameter $params

# pcmfa: decoy
$reporting = @{
    displayName   = 'All users: MFA, reporting only'
    state         = 'enabledForReportingButNotEnforced'
    conditions    = @{ users = @{ includeUsers = @('All'); excludeUsers = @('partner-sync@contoso.example') } }
    grantControls = @{ operator = 'OR'; builtInControls = @('mfa') }
}
New-MgIdentityConditionalAccessPolicy -BodyParameter $reporting

# The older module, step by step.
$conditions = New-Object -TypeName Microsoft.Open.MSGraph.Model.ConditionalAccessConditionSet
$conditions.Applications = New-Object -TypeName Microsoft.Open.MSGraph.Model.ConditionalAccessApplicationCondition
$conditions.Applications.IncludeApplications = 'All'
$conditions.Users = New-Object -TypeName Microsoft.Open.MSGraph.Model.ConditionalAccessUserCondition
$conditions.Users.IncludeUsers = 'All'
$conditions.Users.ExcludeGroups = '9c1b7f7e-52ab-4b7a-8a60-5b6a3a2d9e01' # pcmfa: finding mfa-policy-exclusion
$controls = New-Object -TypeName Microsoft.Open.MSGraph.Model.ConditionalAccessGrantControls
$controls._Operator = 'OR'
$controls.BuiltInControls = 'mfa'
New-AzureADMSConditionalAccessPolicy -DisplayName 'Admins: MFA' -State enabled -Conditions $conditions -GrantControls $controls # pcmfa: finding retired-library

# A request of its own, with JSON as its body.
# pcmfa: finding mfa-policy-exclusion
$body = @"
{ "conditions": { "applications": { "includeApplications": ["All"], "excludeApplications": ["$excluded"] },
    "users": { "includeUsers": ["All"] } },
  "displayName": "Everything: MFA",
  "state": "enabled",
  "grantControls": { "operator": "OR", "authenticationStrength": { "id": "00000000-0000-0000-0000-000000000002" } }
}
"@
Invoke-MgGraphRequest -Method POST -Uri 'https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies' -Body $body

# pcmfa: decoy
New-MgIdentityConditionalAccessPolicy -DisplayName 'Block old protocols' -State enabled -Conditions @{
    clientAppTypes = @('exchangeActiveSync', 'other')
    users          = @{ includeUsers = @('All'); excludeUsers = @('partner-sync@contoso.example') }
} -GrantControls @{ operator = 'OR'; builtInControls = @('block') }
