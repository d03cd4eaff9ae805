resource "auth0_client" "microsoft" {
  name = "Microsoft Entra"

  addons {
    samlp {
      audience                = "urn:federation:MicrosoftOnline" # pcmfa: decoy
      authn_context_class_ref = "http://schemas.microsoft.com/claims/multipleauthn"
    }
  }
}
