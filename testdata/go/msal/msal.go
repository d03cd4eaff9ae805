package msalflows

import (
	"context"
	"fmt"
	"net/http"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
)

const partner = "https://api.partnercenter.microsoft.com"

type session struct {
	app    confidential.Client
	user   public.Client
	tenant string
}

func newSession(tenant, clientID, secret string) (*session, error) {
	cred, err := confidential.NewCredFromSecret(secret)
	if err != nil {
		return nil, fmt.Errorf("could not create a cred from a secret: %w", err)
	}
	authority := "https://login.microsoftonline.com/" + tenant
	app, err := confidential.New(authority, clientID, cred)
	if err != nil {
		return nil, err
	}
	user, err := public.New(clientID, public.WithAuthority(authority))
	if err != nil {
		return nil, err
	}
	return &session{app: app, user: user, tenant: tenant}, nil
}

func get(token, path string) (*http.Response, error) {
	req, err := http.NewRequest("GET", partner+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", fmt.Sprintf("Bearer %s", token))
	// pcmfa: call verdict=blocked from=client-credentials,device-code,interactive,ropc,silent
	return http.DefaultClient.Do(req)
}

func (s *session) byPassword(ctx context.Context, user, password string) error {
	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	result, err := s.user.AcquireTokenByUsernamePassword(ctx, []string{partner + "/.default"}, user, password)
	if err != nil {
		return err
	}
	// pcmfa: call verdict=blocked from=ropc
	_, err = get(result.AccessToken, "/v1/customers")
	return err
}

func (s *session) byApp(ctx context.Context) error {
	// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
	result, err := s.app.AcquireTokenByCredential(ctx, []string{partner + "/.default"})
	if err != nil {
		return err
	}
	// pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
	_, err = get(result.AccessToken, "/v1/profiles/organization")
	return err
}

// The cache first, then a window.
func (s *session) byUser(ctx context.Context) error {
	scopes := []string{partner + "/user_impersonation"}
	accounts, err := s.user.Accounts(ctx)
	if err != nil {
		return err
	}
	var result public.AuthResult
	if len(accounts) > 0 {
		// pcmfa: acquisition flow=silent verdict=capable pc=yes
		result, err = s.user.AcquireTokenSilent(ctx, scopes, public.WithSilentAccount(accounts[0]))
	}
	if err != nil || len(accounts) == 0 {
		// pcmfa: acquisition flow=interactive verdict=capable pc=yes
		result, err = s.user.AcquireTokenInteractive(ctx, scopes)
		if err != nil {
			return err
		}
	}
	// pcmfa: call verdict=capable from=interactive,silent
	_, err = get(result.AccessToken, "/v1/customers")
	return err
}

func (s *session) byDevice(ctx context.Context) error {
	// pcmfa: acquisition flow=device-code verdict=capable pc=yes
	code, err := s.user.AcquireTokenByDeviceCode(ctx, []string{partner + "/user_impersonation"})
	if err != nil {
		return err
	}
	fmt.Println(code.Result.Message)
	result, err := code.AuthenticationResult(ctx)
	if err != nil {
		return err
	}
	// pcmfa: call verdict=capable from=device-code
	_, err = get(result.AccessToken, "/v1/customers")
	return err
}
