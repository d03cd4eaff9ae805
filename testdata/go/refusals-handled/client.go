package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"time"
)

const partner = "https://api.partnercenter.microsoft.com"

func token(refreshToken string) (string, error) {
	login, err := http.PostForm("https://login.microsoftonline.com/common/oauth2/token", url.Values{
		// pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
		"grant_type":    {"refresh_token"},
		"client_secret": {os.Getenv("PC_CLIENT_SECRET")},
		"refresh_token": {refreshToken},
		"resource":      {partner},
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

func Users(refreshToken string, customers []string) error {
	bearer, err := token(refreshToken)
	if err != nil {
		return err
	}
	for _, customer := range customers {
		request, _ := http.NewRequest("GET", partner+"/v1/customers/"+customer+"/users", nil)
		request.Header.Set("Authorization", "Bearer "+bearer)
		// pcmfa: check
		request.Header.Set("ValidateMfa", "true")
		// pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		// The next round is another customer.
		// pcmfa: decoy
		if response.StatusCode == http.StatusUnauthorized {
			if err := explain(response); err != nil {
				return err
			}
			continue
		}
		// pcmfa: check
		if response.Header.Get("isMfaCompliant") != "true" {
			return errors.New("the token carries no MFA claim")
		}
	}
	return nil
}

func explain(response *http.Response) error {
	var refusal struct {
		Code string `json:"code"`
	}
	if err := json.NewDecoder(response.Body).Decode(&refusal); err != nil {
		return err
	}
	switch refusal.Code {
	// pcmfa: check
	case "900421":
		return errors.New("repeat the consent with MFA")
	// pcmfa: decoy
	case "900420":
		return errors.New("the token is for a retired audience")
	}
	return nil
}

// Patient waits when there were too many calls; that heals by itself.
func Patient(bearer string) (*http.Response, error) {
	for attempt := 0; attempt < 5; attempt++ {
		request, _ := http.NewRequest("GET", partner+"/v1/applicationmfaadoptionstatus", nil)
		request.Header.Set("Authorization", "Bearer "+bearer)
		// pcmfa: call verdict=unresolved ; finding unresolved-token ; check
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		// pcmfa: decoy
		if response.StatusCode == http.StatusTooManyRequests {
			time.Sleep(time.Minute)
			continue
		}
		return response, nil
	}
	return nil, errors.New("too many calls")
}
