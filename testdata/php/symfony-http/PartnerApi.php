<?php

namespace App\Partner;

use Symfony\Contracts\HttpClient\HttpClientInterface;

class PartnerApi
{
    private string $token = '';

    public function __construct(private HttpClientInterface $client, private array $options)
    {
    }

    private function login(): void
    {
        $response = $this->client->request('POST', 'https://login.windows.net/'.$this->options['tenant'].'/oauth2/token', [
            'body' => [
                'grant_type' => 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                'username' => $this->options['user'],
                'password' => $this->options['password'],
                'resource' => 'https://api.partnercenter.microsoft.com',
            ],
        ]);
        $this->token = $response->toArray()['access_token'];
    }

    public function profile(): array
    {
        if ('' === $this->token) {
            $this->login();
        }

        // pcmfa: call verdict=blocked from=ropc
        return $this->client->request('GET', 'https://api.partnercenter.microsoft.com/v1/profiles/organization', [
            'auth_bearer' => $this->token,
        ])->toArray();
    }

    public function rates(): array
    {
        // pcmfa: decoy
        return $this->client->request('GET', 'https://rates.contoso.example/v1/invoices', ['auth_bearer' => 'none'])->toArray();
    }
}
