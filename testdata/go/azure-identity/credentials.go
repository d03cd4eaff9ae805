package credentials

import (
	"context"
	"net/http"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"example.com/contoso/jenkins"
)

func choose(kind, tenant, client string) (azcore.TokenCredential, error) {
	switch kind {
	case "password":
		return azidentity.NewUsernamePasswordCredential(tenant, client, os.Getenv("AZ_USER"), os.Getenv("AZ_PASSWORD"), nil)
	case "device":
		return azidentity.NewDeviceCodeCredential(&azidentity.DeviceCodeCredentialOptions{TenantID: tenant, ClientID: client})
	default:
		return azidentity.NewClientSecretCredential(tenant, client, os.Getenv("AZ_SECRET"), nil)
	}
}

func bearer(ctx context.Context, cred azcore.TokenCredential, scope string) (string, error) {
	// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
	// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
	token, err := cred.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{scope}})
	if err != nil {
		return "", err
	}
	return "Bearer " + token.Token, nil
}

func list(ctx context.Context, kind string) (*http.Response, error) {
	cred, err := choose(kind, "contoso.onmicrosoft.com", "6d5f0c3e-3c39-4d2a-a5a4-9a5a3a1b0c11")
	if err != nil {
		return nil, err
	}
	header, err := bearer(ctx, cred, "https://api.partnercenter.microsoft.com/.default")
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://api.partnercenter.microsoft.com/v1/customers", http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", header)
	// pcmfa: call verdict=blocked from=client-credentials,ropc
	return http.DefaultClient.Do(req)
}

func main() {
	_, _ = list(context.Background(), "password")
	_, _ = list(context.Background(), "secret")
	// pcmfa: decoy
	_ = jenkins.NewUsernamePasswordCredential("id", "user", "secret", "for a build")
}
