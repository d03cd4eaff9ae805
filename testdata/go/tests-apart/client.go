package gdap

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Store keeps what is needed to sign in.
type Store interface {
	Secret(tenant string) (string, error)
}

// Client asks Partner Center.
type Client struct {
	http      *http.Client
	store     Store
	baseURL   string
	loginURL  string
	tenant    string
	refreshed string
}

// NewClient makes a client for the partner's tenant.
func NewClient(store Store, tenant string) *Client {
	return &Client{
		http:     &http.Client{},
		store:    store,
		tenant:   tenant,
		baseURL:  "https://api.partnercenter.microsoft.com/v1",
		loginURL: "https://login.microsoftonline.com",
	}
}

func (c *Client) token() (string, error) {
	secret, err := c.store.Secret(c.tenant)
	if err != nil {
		return "", err
	}
	form := url.Values{
		// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
		"grant_type":    {"client_credentials"},
		"client_id":     {"00000000-0000-0000-0000-000000000001"},
		"client_secret": {secret},
		"scope":         {"https://api.partnercenter.microsoft.com/.default"},
	}
	resp, err := c.http.Post(fmt.Sprintf("%s/%s/oauth2/v2.0/token", c.loginURL, c.tenant),
		"application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
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

// Customer reads one customer. Only tests call it here.
func (c *Client) Customer(id string) (*http.Response, error) {
	token, err := c.token()
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest("GET", fmt.Sprintf("%s/customers/%s", c.baseURL, url.PathEscape(id)), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	// pcmfa: call verdict=exempt from=client-credentials
	return c.http.Do(req)
}
