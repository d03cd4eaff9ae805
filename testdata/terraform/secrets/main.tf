data "http" "token" {
  url    = "https://login.microsoftonline.com/${var.tenant}/oauth2/token"
  method = "POST"
  request_headers = {
    Content-Type = "application/x-www-form-urlencoded"
  }
  # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding hard-coded-secret
  request_body = "grant_type=client_credentials&client_id=${var.client_id}&client_secret=q7-Tulip-Harbour-19&resource=https://api.partnercenter.microsoft.com"
}

# pcmfa: call verdict=exempt from=client-credentials
data "http" "invoices" {
  url = "https://api.partnercenter.microsoft.com/v1/invoices"
  request_headers = {
    Authorization = "Bearer ${jsondecode(data.http.token.response_body).access_token}"
  }
}

# pcmfa: call verdict=unresolved ; finding unresolved-token
data "http" "audit" {
  url = "https://api.partnercenter.microsoft.com/v1/auditrecords"
  request_headers = {
    # pcmfa: finding static-token
    Authorization = "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."
  }
}

# pcmfa: decoy
data "http" "mail" {
  url = "https://graph.microsoft.com/v1.0/users"
  request_headers = {
    Authorization = "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9."
  }
}
