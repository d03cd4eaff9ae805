resource "pingone_application" "microsoft" {
  environment_id = var.environment
  name           = "Microsoft 365"
  saml_options = {
    sp_entity_id = "urn:federation:MicrosoftOnline" # pcmfa: finding federated-mfa-claim
  }
}

# pcmfa: decoy
resource "pingone_application" "wiki" {
  environment_id = var.environment
  name           = "Wiki"
  saml_options = {
    sp_entity_id = "https://wiki.contoso.example"
  }
}
