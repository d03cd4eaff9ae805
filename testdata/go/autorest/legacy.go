package legacy

import (
	"net/http"

	// pcmfa: finding retired-library
	"github.com/Azure/go-autorest/autorest/adal"
	"github.com/Azure/go-autorest/autorest/azure/auth"
)

const resource = "https://api.partnercenter.microsoft.com"

func user(tenant, client, name, password string) (*http.Response, error) {
	config, err := adal.NewOAuthConfig("https://login.microsoftonline.com", tenant)
	if err != nil {
		return nil, err
	}
	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	spt, err := adal.NewServicePrincipalTokenFromUsernamePassword(*config, client, name, password, resource)
	if err != nil {
		return nil, err
	}
	if err := spt.Refresh(); err != nil {
		return nil, err
	}
	req, _ := http.NewRequest("GET", resource+"/v1/customers", nil)
	req.Header.Set("Authorization", "Bearer "+spt.OAuthToken())
	// pcmfa: call verdict=blocked from=ropc
	return http.DefaultClient.Do(req)
}

func app(tenant, client, secret string) (*http.Response, error) {
	config := auth.NewClientCredentialsConfig(client, secret, tenant)
	config.Resource = resource
	// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
	spt, err := config.ServicePrincipalToken()
	if err != nil {
		return nil, err
	}
	req, _ := http.NewRequest("GET", resource+"/v1/profiles/organization", nil)
	req.Header.Set("Authorization", "Bearer "+spt.OAuthToken())
	// pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
	return http.DefaultClient.Do(req)
}

type ticket struct{}

func (ticket) Authorizer() string { return "none" }

func (ticket) ServicePrincipalToken() string { return "none" }

func lookalike() string {
	return ticket{}.Authorizer() + ticket{}.ServicePrincipalToken() // pcmfa: decoy
}
