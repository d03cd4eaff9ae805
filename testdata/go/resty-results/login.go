package main

import "github.com/go-resty/resty/v2"

// Token is what the token endpoint answers.
type Token struct {
	AccessToken string `json:"access_token"`
}

func token(grant string, more map[string]string) string {
	var answer Token
	login := resty.New().SetBaseURL("https://login.microsoftonline.com").SetRetryCount(2)
	more["grant_type"] = grant
	more["resource"] = "https://api.partnercenter.microsoft.com"
	// The answer is read into the variable.
	_, err := login.R().SetFormData(more).SetResult(&answer).Post("/common/oauth2/token")
	if err != nil {
		panic(err)
	}
	return answer.AccessToken
}
