module contoso.example/sync

go 1.22

require (
	github.com/Azure/go-autorest/autorest/adal v0.9.24 // pcmfa: finding retired-library
	github.com/Azure/go-autorest/autorest/to v0.4.0 // pcmfa: decoy
)
