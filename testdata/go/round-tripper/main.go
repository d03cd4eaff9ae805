// Signs requests where they are sent.
package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"encoding/json"
)

type answer struct {
	AccessToken string `json:"access_token"`
}

func token() (string, error) {
	form := url.Values{}
	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	form.Set("grant_type", "password")
	form.Set("resource", "https://api.partnercenter.microsoft.com")
	form.Set("username", os.Getenv("PARTNER_USER"))
	form.Set("password", os.Getenv("PARTNER_PASSWORD"))
	response, err := http.Post("https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var got answer
	err = json.NewDecoder(response.Body).Decode(&got)
	return got.AccessToken, err
}

type signer struct {
	next http.RoundTripper
}

func (s *signer) RoundTrip(request *http.Request) (*http.Response, error) {
	bearer, err := token()
	if err != nil {
		return nil, err
	}
	signed := request.Clone(request.Context())
	signed.Header.Set("Authorization", "Bearer "+bearer)
	return s.next.RoundTrip(signed)
}

func main() {
	client := &http.Client{Transport: &signer{next: http.DefaultTransport}}
	// pcmfa: call verdict=blocked from=ropc
	response, err := client.Get("https://api.partnercenter.microsoft.com/v1/customers")
	fmt.Println(response, err)

	// pcmfa: decoy
	response, err = http.Get("https://weather.example/v1/customers")
	fmt.Println(response, err)
}
