package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"os"

	"example.com/contoso/partnersync/internal/auth"
)

// Doer sends requests; tests put in their own.
type Doer interface {
	Send(method, path string) ([]byte, error)
}

type api struct {
	base   string
	header http.Header
}

func newAPI(base string, token *auth.Token) *api {
	header := http.Header{}
	header.Set("Authorization", "Bearer "+token.AccessToken)
	return &api{base: base, header: header}
}

// Send is used for all APIs.
func (a *api) Send(method, path string) ([]byte, error) {
	req, err := http.NewRequest(method, a.base+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header = a.header
	// pcmfa: call verdict=blocked from=client-credentials,refresh-token,ropc
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func main() {
	ctx := context.Background()
	source := auth.NewSource(os.Getenv("TENANT_ID"))

	mail, err := source.ForApp(ctx, auth.Graph)
	if err != nil {
		log.Fatal(err)
	}
	// pcmfa: decoy
	if _, err := newAPI(auth.Graph, mail).Send("GET", "/v1.0/organization"); err != nil {
		log.Fatal(err)
	}

	partner, err := source.ForApp(ctx, auth.Partner)
	if err != nil {
		log.Fatal(err)
	}
	// pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
	if _, err := newAPI(auth.Partner, partner).Send("GET", "/v1/profiles/organization"); err != nil {
		log.Fatal(err)
	}

	if err := asUser(ctx, source); err != nil {
		log.Fatal(err)
	}
}

func asUser(ctx context.Context, source *auth.Source) error {
	user, err := source.ForUser(ctx, auth.Partner, os.Getenv("PARTNER_USER"), os.Getenv("PARTNER_PASSWORD"))
	if err != nil {
		return err
	}
	var doer Doer = newAPI(auth.Partner, user)
	// pcmfa: call verdict=blocked from=ropc
	if _, err = doer.Send(http.MethodDelete, "/v1/customers/c1/users/u1"); err != nil {
		return err
	}

	consented, err := source.FromConsent(ctx, auth.Partner, os.Getenv("REFRESH_TOKEN"))
	if err != nil {
		return err
	}
	// pcmfa: call verdict=capable from=refresh-token
	_, err = newAPI(auth.Partner, consented).Send("GET", "/v1/customers?size=500")
	return err
}
