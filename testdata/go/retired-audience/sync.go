package sync

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
)

func token(resource string) (string, error) {
	login, err := http.PostForm("https://login.microsoftonline.com/contoso.example/oauth2/token", url.Values{
		// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
		"grant_type":    {"client_credentials"},
		"client_id":     {os.Getenv("CLIENT_ID")},
		"client_secret": {os.Getenv("CLIENT_SECRET")},
		"resource":      {resource},
	})
	if err != nil {
		return "", err
	}
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	err = json.NewDecoder(login.Body).Decode(&answer)
	return answer.AccessToken, err
}

// Customers lists them.
func Customers() (*http.Response, error) {
	bearer, err := token("https://graph.windows.net")
	if err != nil {
		return nil, err
	}
	request, _ := http.NewRequest("GET", "https://api.partnercenter.microsoft.com/v1/customers", nil)
	request.Header.Set("Authorization", "Bearer "+bearer)
	// pcmfa: call verdict=exempt from=client-credentials
	return http.DefaultClient.Do(request)
}
