package oauth2flows

import (
	"context"
	"net/http"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
	"golang.org/x/oauth2/microsoft"
)

const customers = "https://api.partnercenter.microsoft.com/v1/customers"

var scopes = []string{"https://api.partnercenter.microsoft.com/user_impersonation", "offline_access"}

func config(tenant string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: "0d2c9f4e-3f5a-4f3d-9d0c-64b6a6b0c0de",
		Endpoint: microsoft.AzureADEndpoint(tenant),
		Scopes:   scopes,
	}
}

func password(ctx context.Context, tenant, user, secret string) error {
	conf := config(tenant)
	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	token, err := conf.PasswordCredentialsToken(ctx, user, secret)
	if err != nil {
		return err
	}
	req, _ := http.NewRequest("GET", customers, nil)
	token.SetAuthHeader(req)
	// pcmfa: call verdict=blocked from=ropc
	_, err = http.DefaultClient.Do(req)
	return err
}

func code(ctx context.Context, tenant, code string) error {
	conf := config(tenant)
	// pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
	token, err := conf.Exchange(ctx, code)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, customers, nil)
	if err != nil {
		return err
	}
	req.Header.Add("Authorization", token.Type()+" "+token.AccessToken)
	// pcmfa: call verdict=capable from=authorization-code
	_, err = (&http.Client{}).Do(req)
	return err
}

func device(ctx context.Context, tenant string) (*http.Response, error) {
	conf := config(tenant)
	answer, err := conf.DeviceAuth(ctx)
	if err != nil {
		return nil, err
	}
	// pcmfa: acquisition flow=device-code verdict=capable pc=yes
	token, err := conf.DeviceAccessToken(ctx, answer)
	if err != nil {
		return nil, err
	}
	client := oauth2.NewClient(ctx, oauth2.StaticTokenSource(token))
	// pcmfa: call verdict=capable from=device-code
	return client.Get(customers)
}

func stored(ctx context.Context, tenant, refresh string) (*http.Response, error) {
	// pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
	client := config(tenant).Client(ctx, &oauth2.Token{RefreshToken: refresh})
	// pcmfa: call verdict=capable from=refresh-token
	return client.Get(customers)
}

func app(ctx context.Context, tenant, secret string) (*http.Response, error) {
	conf := &clientcredentials.Config{
		ClientID:     "0d2c9f4e-3f5a-4f3d-9d0c-64b6a6b0c0de",
		ClientSecret: secret,
		TokenURL:     microsoft.AzureADEndpoint(tenant).TokenURL,
		Scopes:       []string{"https://api.partnercenter.microsoft.com/.default"},
	}
	// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
	client := conf.Client(ctx)
	// pcmfa: call verdict=exempt from=client-credentials
	return client.Get(customers)
}
