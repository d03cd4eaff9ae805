package main

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/spf13/viper"
)

func token(user, password string) (string, error) {
	form := url.Values{
		// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
		"grant_type": {"password"},
		"username":   {user},
		"password":   {password},
		"resource":   {viper.GetString("partner.api")},
	}
	response, err := http.PostForm(viper.GetString("partner.authority"), form)
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

func main() {
	viper.SetConfigName("config")
	viper.AddConfigPath(".")
	if err := viper.ReadInConfig(); err != nil {
		panic(err)
	}
	bearer, err := token(viper.GetString("user"), viper.GetString("password"))
	if err != nil {
		panic(err)
	}
	partner := viper.Sub("partner")
	request, _ := http.NewRequest(http.MethodGet, partner.GetString("api")+"/v1/customers", nil)
	request.Header.Set("Authorization", "Bearer "+bearer)
	// pcmfa: call verdict=blocked from=ropc
	_, _ = http.DefaultClient.Do(request)
	// pcmfa: decoy
	_, _ = http.Get(viper.GetString("weather.api") + "/v1/customers")
}
