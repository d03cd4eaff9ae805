resource "okta_app_saml" "microsoft" {
  label                   = "Microsoft Entra"
  sso_url                 = "https://login.microsoftonline.com/login.srf"
  recipient               = "https://login.microsoftonline.com/login.srf"
  destination             = "https://login.microsoftonline.com/login.srf"
  audience                = "urn:federation:MicrosoftOnline" # pcmfa: finding federated-mfa-claim
  authn_context_class_ref = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
}

# pcmfa: decoy
resource "okta_app_saml" "wiki" {
  label                   = "Wiki"
  audience                = "https://wiki.contoso.example"
  authn_context_class_ref = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
}
