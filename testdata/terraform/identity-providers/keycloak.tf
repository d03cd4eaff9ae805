resource "keycloak_saml_client" "microsoft" {
  realm_id  = var.realm
  client_id = "urn:federation:MicrosoftOnline" # pcmfa: finding federated-mfa-claim
  name      = "Microsoft Entra"
}

# pcmfa: decoy
resource "keycloak_saml_client" "wiki" {
  realm_id  = var.realm
  client_id = "https://wiki.contoso.example"
}
