// Package auth asks the token endpoint for tokens.
package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// Token is what the token endpoint answers.
type Token struct {
	AccessToken  string    `json:"access_token"`
	RefreshToken string    `json:"refresh_token"`
	Expires      time.Time `json:"-"`
}

// Source gives tokens for a resource that the caller names.
type Source struct {
	tenant string
	client *http.Client
	cache  map[string]*Token
}

func NewSource(tenant string) *Source {
	return &Source{tenant: tenant, client: &http.Client{Timeout: 30 * time.Second}, cache: map[string]*Token{}}
}

func (s *Source) endpoint() string {
	return fmt.Sprintf("https://login.microsoftonline.com/%s/oauth2/token", s.tenant)
}

// ForUser signs a user in by name and password.
func (s *Source) ForUser(ctx context.Context, resource, user, password string) (*Token, error) {
	form := url.Values{}
	form.Set("client_id", os.Getenv("CLIENT_ID"))
	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	form.Set("grant_type", "password")
	form.Set("username", user)
	form.Add("password", password)
	form.Set("resource", resource)
	return s.post(ctx, form)
}

// ForApp signs the application in.
func (s *Source) ForApp(ctx context.Context, resource string) (*Token, error) {
	if known, ok := s.cache[resource]; ok && known.Expires.After(time.Now()) {
		return known, nil
	}
	token, err := s.post(ctx, url.Values{
		// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
		"grant_type":    {"client_credentials"},
		"client_id":     {os.Getenv("CLIENT_ID")},
		"client_secret": {os.Getenv("CLIENT_SECRET")},
		"resource":      {resource},
	})
	if err != nil {
		return nil, fmt.Errorf("sign in: %w", err)
	}
	s.cache[resource] = token
	return token, nil
}

// FromConsent redeems the refresh token that an administrator left.
func (s *Source) FromConsent(ctx context.Context, resource, refresh string) (token *Token, err error) {
	// pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
	body := "grant_type=refresh_token&refresh_token=" + url.QueryEscape(refresh) + "&resource=" + url.QueryEscape(resource)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.endpoint(), strings.NewReader(body))
	if err != nil {
		return
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	token = new(Token)
	err = json.NewDecoder(resp.Body).Decode(token)
	return
}

func (s *Source) post(ctx context.Context, form url.Values) (*Token, error) {
	req, err := http.NewRequestWithContext(ctx, "POST", s.endpoint(), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	var token Token
	if err := json.NewDecoder(resp.Body).Decode(&token); err != nil {
		return nil, err
	}
	return &token, nil
}
