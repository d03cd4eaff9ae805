<?php

namespace Contoso\Partner;

use GuzzleHttp\{Client, ClientInterface};
use GuzzleHttp\RequestOptions as Options;

class TokenSource
{
    protected ClientInterface $login;

    public function __construct(?ClientInterface $login = null)
    {
        $this->login = $login ?? new Client();
    }

    public function forUser(string $resource): string
    {
        $response = $this->login->post($this->endpoint(), [
            'form_params' => [
                'client_id' => $_SERVER['CLIENT_ID'],
                'grant_type' => 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                'username' => $_SERVER['PARTNER_USER'],
                'password' => $_SERVER['PARTNER_PASSWORD'],
                'resource' => $resource,
            ],
        ]);
        return json_decode($response->getBody())->access_token;
    }

    public function forApplication(): string
    {
        $response = $this->login->request('POST', $this->endpoint(), [
            Options::FORM_PARAMS => [
                'grant_type' => 'client_credentials', // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
                'client_id' => getenv('CLIENT_ID'),
                'client_secret' => getenv('CLIENT_SECRET'),
                'resource' => 'https://api.partnercenter.microsoft.com',
            ],
        ]);
        ['access_token' => $token] = json_decode($response->getBody(), true);
        return $token;
    }

    public function fromConsent(): string
    {
        // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        $body = 'grant_type=refresh_token&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com'
            . '&refresh_token=' . urlencode(getenv('REFRESH_TOKEN'));
        $response = $this->login->post($this->endpoint(), ['body' => $body]);
        return json_decode($response->getBody())->access_token;
    }

    private function endpoint(): string
    {
        $tenant = getenv('TENANT_ID') ?: 'common';
        return "https://login.microsoftonline.com/{$tenant}/oauth2/token";
    }
}
