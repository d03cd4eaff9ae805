# Given with -var-file.
api    = "https://api.partnercenter.microsoft.com"
tenant = "contoso.onmicrosoft.com"
