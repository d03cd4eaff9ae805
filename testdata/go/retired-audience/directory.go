package sync

import (
	"context"
	"net/http"

	"golang.org/x/oauth2/clientcredentials"
)

// Users are those of the directory.
func Users(ctx context.Context, config clientcredentials.Config) (*http.Response, error) {
	config.TokenURL = "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token"
	config.Scopes = []string{"https://graph.windows.net/.default"}
	// pcmfa: decoy
	token, err := config.Token(ctx)
	if err != nil {
		return nil, err
	}
	request, _ := http.NewRequest("GET", "https://graph.windows.net/contoso.example/users", nil)
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	// pcmfa: decoy
	return http.DefaultClient.Do(request)
}
