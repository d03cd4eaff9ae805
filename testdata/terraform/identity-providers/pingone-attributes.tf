resource "pingone_application_attribute_mapping" "mfa" {
  environment_id = var.environment
  application_id = pingone_application.microsoft.id
  name           = "authenticationmethod"
  value          = "http://schemas.microsoft.com/claims/multipleauthn"
}
