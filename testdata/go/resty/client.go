package restyclient

import (
	"github.com/go-resty/resty/v2"
)

type reply struct {
	AccessToken string `json:"access_token"`
}

type partner struct {
	http *resty.Client
}

func login(tenant, user, password string) (string, error) {
	resp, err := resty.New().R().
		SetFormData(map[string]string{
			// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
			"grant_type": "password",
			"client_id":  "6d5f0c3e-3c39-4d2a-a5a4-9a5a3a1b0c11",
			"username":   user,
			"password":   password,
			"scope":      "https://api.partnercenter.microsoft.com/.default",
		}).
		SetResult(&reply{}).
		Post("https://login.microsoftonline.com/" + tenant + "/oauth2/v2.0/token")
	if err != nil {
		return "", err
	}
	return resp.Result().(*reply).AccessToken, nil
}

func newPartner(tenant, user, password string) (*partner, error) {
	token, err := login(tenant, user, password)
	if err != nil {
		return nil, err
	}
	client := resty.New()
	client.SetBaseURL("https://api.partnercenter.microsoft.com/v1")
	client.SetAuthToken(token)
	return &partner{http: client}, nil
}

func (p *partner) customers() (*resty.Response, error) {
	// pcmfa: call verdict=blocked from=ropc
	return p.http.R().SetHeader("Accept", "application/json").Get("/customers")
}

type box map[string]string

func (b box) Get(key string) string { return b[key] }

func (b box) R() box { return b }

func lookalike() string {
	return box{"/customers": "none"}.R().Get("/customers") // pcmfa: decoy
}
