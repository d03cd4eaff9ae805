import json

from contoso import send

PARTNER_CENTER = "https://api.partnercenter.microsoft.com"

inventory = {
    "users": send("https://graph.microsoft.com/v1.0/users"),
    "groups": send("https://graph.microsoft.com/v1.0/groups"),
    "devices": send("https://graph.microsoft.com/v1.0/devices"),
    "applications": send("https://graph.microsoft.com/v1.0/applications"),
    "servicePrincipals": send("https://graph.microsoft.com/v1.0/servicePrincipals"),
    "domains": send("https://graph.microsoft.com/v1.0/domains"),
    "organization": send("https://graph.microsoft.com/v1.0/organization"),
    "subscribedSkus": send("https://graph.microsoft.com/v1.0/subscribedSkus"),
    "directoryRoles": send("https://graph.microsoft.com/v1.0/directoryRoles"),
    "directoryRoleTemplates": send("https://graph.microsoft.com/v1.0/directoryRoleTemplates"),
    "contracts": send("https://graph.microsoft.com/v1.0/contracts"),
    "policies-authorizationPolicy": send("https://graph.microsoft.com/v1.0/policies/authorizationPolicy"),
    "policies-conditionalAccessPolicies": send("https://graph.microsoft.com/v1.0/policies/conditionalAccessPolicies"),
    "identity-identityProviders": send("https://graph.microsoft.com/v1.0/identity/identityProviders"),
    "auditLogs-signIns": send("https://graph.microsoft.com/v1.0/auditLogs/signIns"),
    "auditLogs-directoryAudits": send("https://graph.microsoft.com/v1.0/auditLogs/directoryAudits"),
    "reports-authenticationMethods": send("https://graph.microsoft.com/v1.0/reports/authenticationMethods"),
    "security-alerts": send("https://graph.microsoft.com/v1.0/security/alerts"),
    "security-secureScores": send("https://graph.microsoft.com/v1.0/security/secureScores"),
    "deviceManagement-managedDevices": send("https://graph.microsoft.com/v1.0/deviceManagement/managedDevices"),
    "deviceManagement-deviceConfigurations": send("https://graph.microsoft.com/v1.0/deviceManagement/deviceConfigurations"),
    "deviceAppManagement-mobileApps": send("https://graph.microsoft.com/v1.0/deviceAppManagement/mobileApps"),
    "sites-root": send("https://graph.microsoft.com/v1.0/sites/root"),
    "drives": send("https://graph.microsoft.com/v1.0/drives"),
    "teams": send("https://graph.microsoft.com/v1.0/teams"),
    "chats": send("https://graph.microsoft.com/v1.0/chats"),
    "subscriptions": send("https://graph.microsoft.com/v1.0/subscriptions"),
    "schemaExtensions": send("https://graph.microsoft.com/v1.0/schemaExtensions"),
    "places": send("https://graph.microsoft.com/v1.0/places"),
    "agreements": send("https://graph.microsoft.com/v1.0/agreements"),
    # pcmfa: call verdict=exempt from=client-credentials
    "products": send(PARTNER_CENTER + "/v1/products?country=DE", PARTNER_CENTER + "/.default"),
    # pcmfa: call verdict=blocked from=ropc
    "customers": send(PARTNER_CENTER + "/v1/customers", PARTNER_CENTER + "/.default", as_app=False),
    # pcmfa: decoy
    "mail": send("https://graph.microsoft.com/v1.0/me/messages", as_app=False),
}

with open("inventory.json", "w", encoding="utf-8") as out:
    json.dump(inventory, out)
