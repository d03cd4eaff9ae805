resource "msgraph_update_resource" "defaults" {
  url = "policies/identitySecurityDefaultsEnforcementPolicy"
  body = {
    isEnabled = false # pcmfa: finding mfa-policy-exclusion
  }
}

# pcmfa: decoy
resource "msgraph_update_resource" "flows" {
  url = "policies/authenticationFlowsPolicy"
  body = {
    selfServiceSignUp = { isEnabled = false }
  }
}
