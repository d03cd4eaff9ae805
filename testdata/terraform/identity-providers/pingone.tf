resource "pingone_application" "microsoft" {
  environment_id = var.environment
  name           = "Microsoft 365"
  saml_options = {
    sp_entity_id = "urn:federation:MicrosoftOnline" # pcmfa: decoy
  }
}
