package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
)

const partner = "https://api.partnercenter.microsoft.com"

type problem struct {
	Code string `json:"code"`
}

func Agreements(refreshToken string) (*http.Response, error) {
	login, err := http.PostForm("https://login.microsoftonline.com/common/oauth2/token", url.Values{
		// pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
		"grant_type":    {"refresh_token"},
		"refresh_token": {refreshToken},
		"resource":      {partner},
	})
	if err != nil {
		return nil, err
	}
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(login.Body).Decode(&token); err != nil {
		return nil, err
	}
	request, _ := http.NewRequest("GET", partner+"/v1/agreements", nil)
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	// pcmfa: check ; finding mfa-check-ignored
	request.Header.Set("ValidateMfa", "true")
	// pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	var refusal problem
	if response.StatusCode != http.StatusOK {
		_ = json.NewDecoder(response.Body).Decode(&refusal)
	}
	switch refusal.Code {
	// pcmfa: check ; finding mfa-error-confused
	case "900421", "900420":
		return nil, errors.New("sign in again")
	}
	return response, nil
}
