package oauth2flows

import (
	"context"

	"golang.org/x/oauth2"
)

// Config is not the library's.
type Config struct{ Name string }

func (c *Config) Exchange(ctx context.Context, code string) (string, error) { return c.Name + code, nil }

func (c *Config) TokenSource(ctx context.Context) string { return c.Name }

func currency(ctx context.Context) (string, error) {
	conf := &Config{Name: "EUR"}
	_ = conf.TokenSource(ctx) // pcmfa: decoy
	return conf.Exchange(ctx, "USD") // pcmfa: decoy
}

// For another service altogether.
func source(ctx context.Context, user, secret string) (*oauth2.Token, error) {
	conf := oauth2.Config{
		Endpoint: oauth2.Endpoint{TokenURL: "https://sso.example.com/token"},
		Scopes:   []string{"https://sso.example.com/read"},
	}
	return conf.PasswordCredentialsToken(ctx, user, secret) // pcmfa: decoy
}
