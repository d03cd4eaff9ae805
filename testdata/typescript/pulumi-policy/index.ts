import * as azuread from "@pulumi/azuread";

const automation = new azuread.Group("automation", { displayName: "Automation", securityEnabled: true });

new azuread.ConditionalAccessPolicy("mfa", {
  displayName: "All users: MFA",
  state: "enabled",
  conditions: {
    clientAppTypes: ["all"],
    applications: { includedApplications: ["All"] },
    // pcmfa: finding mfa-policy-exclusion
    users: { includedUsers: ["All"], excludedGroups: [automation.objectId] },
  },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
});

// pcmfa: decoy
new azuread.ConditionalAccessPolicy("devices", {
  displayName: "All users: a compliant device",
  state: "enabled",
  conditions: {
    applications: { includedApplications: ["All"] },
    users: { includedUsers: ["All"], excludedGroups: [automation.objectId] },
  },
  grantControls: { operator: "OR", builtInControls: ["compliantDevice"] },
});
