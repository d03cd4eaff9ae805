GRAPH = "https://graph.microsoft.com"
PARTNER = "https://api.partnercenter.microsoft.com"
