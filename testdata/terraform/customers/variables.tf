variable "api" {
  type    = string
  default = "https://api.partnercenter.microsoft.com"
}

locals {
  authority = "https://login.microsoftonline.com/${var.tenant}/oauth2/token"
}
