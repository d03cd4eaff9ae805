package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"

	"github.com/spf13/viper"
)

func token() (string, error) {
	form := url.Values{
		// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
		"grant_type": {"password"},
		"username":   {viper.GetString("user")},
		"password":   {viper.GetString("password")},
		"resource":   {viper.GetString("api")},
	}
	response, err := http.PostForm(viper.GetString("login"), form)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	err = json.NewDecoder(response.Body).Decode(&answer)
	return answer.AccessToken, err
}

func get(address, bearer string) {
	request, _ := http.NewRequest(http.MethodGet, address, nil)
	request.Header.Set("Authorization", "Bearer "+bearer)
	// pcmfa: call verdict=blocked from=ropc
	_, _ = http.DefaultClient.Do(request)
}

func main() {
	settings()
	bearer, err := token()
	if err != nil {
		panic(err)
	}
	// pcmfa: call verdict=blocked from=ropc
	get(viper.GetString("api")+"/v1/customers", bearer)
	// pcmfa: call verdict=blocked from=ropc
	get(viper.GetString("report.host")+"/v1/invoices", bearer)
	// Another host, and a variable that nobody sets: only viper knows the prefix.
	// pcmfa: decoy
	_, _ = http.Get(viper.GetString("weather.host") + "/v1/customers")
	// pcmfa: decoy
	_, _ = http.Get(os.Getenv("REPORT_HOST") + "/health")
}
