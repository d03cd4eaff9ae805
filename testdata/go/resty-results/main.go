package main

import (
	"os"

	"github.com/go-resty/resty/v2"
	"github.com/spf13/viper"
)

func main() {
	viper.SetDefault("partner.api", "https://api.partnercenter.microsoft.com")
	api := viper.GetString("partner.api")

	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	user := resty.New().SetBaseURL(api).SetAuthToken(token("password", map[string]string{"username": os.Getenv("PARTNER_USER"), "password": os.Getenv("PARTNER_PASSWORD")}))
	// pcmfa: call verdict=blocked from=ropc
	user.R().SetQueryString("size=100").Get("/v1/customers")
	request := user.R()
	request.Method = resty.MethodGet
	request.URL = "/v1/agreements"
	// pcmfa: call verdict=blocked from=ropc
	request.Send()

	// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
	nightly := resty.New().SetBaseURL(api).SetAuthToken(token("client_credentials", map[string]string{"client_secret": os.Getenv("PARTNER_SECRET")}))
	// pcmfa: call verdict=exempt from=client-credentials
	nightly.R().Get("/v1/invoices")

	// pcmfa: decoy
	resty.New().SetBaseURL("https://weather.example").R().Get("/v1/customers")
}
