data "http" "token" {
  url    = local.authority
  method = "POST"
  request_headers = {
    Content-Type = "application/x-www-form-urlencoded"
  }
  # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
  request_body = "grant_type=password&client_id=${var.client_id}&username=${var.user}&password=${urlencode(var.password)}&resource=${var.api}"
}

# pcmfa: call verdict=blocked from=ropc
data "http" "customers" {
  url = "${var.api}/v1/customers"
  request_headers = {
    Accept        = "application/json"
    Authorization = "Bearer ${jsondecode(data.http.token.response_body).access_token}"
  }
}

resource "null_resource" "invoices" {
  provisioner "local-exec" {
    command = <<-EOT
      # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
      TOKEN=$(curl -s https://login.microsoftonline.com/contoso/oauth2/token -d "grant_type=client_credentials&resource=https://api.partnercenter.microsoft.com" | jq -r .access_token)
      curl -s -H "Authorization: Bearer $TOKEN" https://api.partnercenter.microsoft.com/v1/invoices # pcmfa: call verdict=exempt from=client-credentials
    EOT
  }
}

# pcmfa: decoy
data "http" "other" {
  url = "https://example.com/v1/customers"
}
