package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"

	"example.com/contoso/sync/telemetry"
)

const tokenURL = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/token"

type client struct {
	http *http.Client
}

// The context goes through everything; what one call learns does not travel with it.
func (c *client) token(ctx context.Context, form url.Values) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, tokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	err = json.NewDecoder(resp.Body).Decode(&answer)
	return answer.AccessToken, err
}

// A user signs in for what a setting names. No call of Partner Center carries this token.
func (c *client) users(ctx context.Context, user, password string) (*http.Response, error) {
	token, err := c.token(ctx, url.Values{
		"grant_type": {"password"}, // pcmfa: acquisition flow=ropc verdict=blocked pc=unknown ; finding password-grant
		"scope":      {os.Getenv("DIRECTORY_SCOPE")},
		"username":   {user},
		"password":   {password},
	})
	if err != nil {
		return nil, err
	}
	// Nothing is known of this call.
	span := telemetry.Start(ctx, "users")
	span.Token = token
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://graph.microsoft.com/v1.0/users", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	return c.http.Do(req)
}

// The application signs in to Partner Center.
func (c *client) customers(ctx context.Context) (*http.Response, error) {
	token, err := c.token(ctx, url.Values{
		"grant_type":    {"client_credentials"}, // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
		"scope":         {"https://api.partnercenter.microsoft.com/.default"},
		"client_id":     {os.Getenv("CLIENT_ID")},
		"client_secret": {os.Getenv("CLIENT_SECRET")},
	})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.partnercenter.microsoft.com/v1/customers", nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	return c.http.Do(req) // pcmfa: call verdict=exempt from=client-credentials
}

func main() {
	ctx := context.Background()
	if len(os.Args) > 1 {
		ctx = telemetry.Attach(ctx, os.Args[1])
	}
	c := &client{http: &http.Client{}}
	if _, err := c.users(ctx, os.Getenv("AGENT"), os.Getenv("AGENT_PASSWORD")); err != nil {
		panic(err)
	}
	if _, err := c.customers(ctx); err != nil {
		panic(err)
	}
}
