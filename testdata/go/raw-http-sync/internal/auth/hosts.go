package auth

const (
	partnerHost = "https://api.partnercenter.microsoft.com"
	Graph       = "https://graph.microsoft.com"
	// Partner is the resource of Partner Center.
	Partner = partnerHost
)
