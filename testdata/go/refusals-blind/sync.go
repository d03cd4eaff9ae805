package sync

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"
)

const partner = "https://api.partnercenter.microsoft.com"

// pcmfa: finding hard-coded-secret
const clientSecret = "q7-Tulip-Harbour-19"

// As the form was written when it was filled in for the first time.
// pcmfa: decoy
const oldSecret = "<client-secret>"

type tokens struct {
	AccessToken string `json:"access_token"`
}

func post(form url.Values) (string, error) {
	response, err := http.PostForm("https://login.microsoftonline.com/contoso.example/oauth2/token", form)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", errors.New(response.Status)
	}
	var answer tokens
	err = json.NewDecoder(response.Body).Decode(&answer)
	return answer.AccessToken, err
}

func signIn(refreshToken, user, password string) (string, error) {
	token, err := post(url.Values{
		// pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
		"grant_type":    {"refresh_token"},
		"client_secret": {clientSecret},
		"refresh_token": {refreshToken},
		"resource":      {partner},
	})
	if err != nil {
		token, err = post(url.Values{
			// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
			"grant_type": {"password"},
			"username":   {user},
			"password":   {password},
			"resource":   {partner},
		})
	}
	return token, err
}

// Invoices asks again and again.
func Invoices(refreshToken, user, password string) (*http.Response, error) {
	for attempt := 0; attempt < 5; attempt++ {
		token, err := signIn(refreshToken, user, password)
		if err != nil {
			return nil, err
		}
		request, _ := http.NewRequest("GET", partner+"/v1/invoices", nil)
		request.Header.Set("Authorization", "Bearer "+token)
		// pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		// pcmfa: finding mfa-error-retried
		if response.StatusCode == http.StatusUnauthorized {
			time.Sleep(time.Second)
			continue
		}
		return response, nil
	}
	return nil, errors.New("no invoices")
}

// Audit uses the token that somebody pasted.
func Audit() (*http.Response, error) {
	request, _ := http.NewRequest("GET", partner+"/v1/auditrecords", nil)
	// pcmfa: finding static-token
	request.Header.Set("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.")
	// pcmfa: call verdict=unresolved ; finding unresolved-token
	return http.DefaultClient.Do(request)
}

// Mail has a token of its own, which is none of Partner Center's business.
func Mail() (*http.Response, error) {
	request, _ := http.NewRequest("GET", "https://graph.microsoft.com/v1.0/users", nil)
	// pcmfa: decoy
	request.Header.Set("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.")
	return http.DefaultClient.Do(request)
}
