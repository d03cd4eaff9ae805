locals {
  no_mfa = ["1f4b5e0a-9d11-4f6e-8b7b-2f1f4f8f6c55"] # pcmfa: finding mfa-policy-exclusion
}

resource "azuread_conditional_access_policy" "mfa" {
  display_name = "All users: MFA"
  state        = "enabled"

  conditions {
    client_app_types = ["all"]
    applications {
      included_applications = ["All"]
    }
    users {
      included_users  = ["All"]
      excluded_groups = [azuread_group.automation.object_id] # pcmfa: finding mfa-policy-exclusion
    }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}

# Partner Center itself needs no MFA here.
resource "azuread_conditional_access_policy" "resources" {
  display_name = "Resources: MFA"
  state        = var.report_only ? "enabledForReportingButNotEnforced" : "enabled"

  conditions {
    client_app_types = ["all"]
    applications {
      included_applications = ["All"]
      excluded_applications = ["fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "Office365"] # pcmfa: finding mfa-policy-exclusion
    }
    users {
      included_users = ["All"]
    }
  }

  grant_controls {
    operator                          = "AND"
    authentication_strength_policy_id = "00000000-0000-0000-0000-000000000002"
  }
}

resource "azuread_conditional_access_policy" "dynamic" {
  display_name = "Whoever is listed: MFA"
  state        = "enabled"

  conditions {
    users {
      included_users = ["All"]
      excluded_users = local.no_mfa
    }
  }

  dynamic "grant_controls" {
    for_each = [1]
    content {
      operator          = "OR"
      built_in_controls = ["mfa"]
    }
  }
}

# pcmfa: decoy
resource "azuread_conditional_access_policy" "emergency" {
  display_name = "All users: MFA, but for emergencies"
  state        = "enabled"

  conditions {
    users {
      included_users  = ["All"]
      excluded_users  = ["GuestsOrExternalUsers"]
      excluded_groups = [azuread_group.break_glass.object_id]
    }
    applications {
      included_applications = ["All"]
      excluded_applications = ["Office365"]
    }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}

# pcmfa: decoy
resource "azuread_conditional_access_policy" "devices" {
  display_name = "Register devices: MFA"
  state        = "enabled"

  conditions {
    applications {
      included_user_actions = ["urn:user:registerdevice"]
    }
    users {
      included_users = ["All"]
      excluded_users = ["1f4b5e0a-9d11-4f6e-8b7b-2f1f4f8f6c55"]
    }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["mfa"]
  }
}

# pcmfa: decoy
resource "azuread_conditional_access_policy" "block" {
  display_name = "Old protocols: block"
  state        = "enabled"

  conditions {
    client_app_types = ["other"]
    users {
      included_users  = ["All"]
      excluded_groups = [azuread_group.automation.object_id]
    }
  }

  grant_controls {
    operator          = "OR"
    built_in_controls = ["block"]
  }
}
