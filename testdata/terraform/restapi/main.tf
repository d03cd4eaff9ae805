terraform {
  required_providers {
    restapi = { source = "Mastercard/restapi" }
    azuread = { source = "hashicorp/azuread" }
  }
}

# The sign-in of this provider is for the directory, whatever the name says.
provider "azuread" {
  client_id     = var.client_id
  client_secret = var.client_secret
  tenant_id     = var.tenant
}

# pcmfa: decoy
resource "azuread_application" "partner" {
  display_name = "Partner Center"
}

provider "restapi" {
  uri                  = var.api
  write_returns_object = true
  # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
  oauth_client_credentials {
    oauth_client_id      = var.client_id
    oauth_client_secret  = var.client_secret
    oauth_token_endpoint = "https://login.microsoftonline.com/${var.tenant}/oauth2/v2.0/token"
    oauth_scopes         = ["${var.api}/.default"]
  }
}

# pcmfa: call verdict=exempt from=client-credentials
resource "restapi_object" "customer" {
  path = "/v1/customers"
  data = jsonencode({ companyProfile = { domain = "fabrikam.onmicrosoft.com" } })
}

provider "restapi" {
  alias = "other"
  uri   = "https://example.com"
}

# pcmfa: decoy
data "restapi_object" "other" {
  provider     = restapi.other
  path         = "/v1/customers"
  search_key   = "name"
  search_value = "fabrikam"
}

# A token that the operator brings.
provider "restapi" {
  alias        = "operator"
  uri          = var.api
  bearer_token = var.token
}

# pcmfa: call verdict=unresolved ; finding unresolved-token
data "restapi_object" "reseller" {
  provider     = restapi.operator
  path         = "/v1/customers"
  search_key   = "id"
  search_value = "1"
}
