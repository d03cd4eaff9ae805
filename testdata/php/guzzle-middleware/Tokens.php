<?php

namespace Adatum;

use GuzzleHttp\Client;

class Tokens
{
    public function __construct(private string $user, private string $password)
    {
    }

    public function password(): string
    {
        $client = new Client();
        $answer = $client->post('https://login.microsoftonline.com/adatum.onmicrosoft.com/oauth2/token', [
            'form_params' => [
                // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                'grant_type' => 'password',
                'resource' => 'https://api.partnercenter.microsoft.com',
                'username' => $this->user,
                'password' => $this->password,
            ],
        ]);
        return json_decode($answer->getBody(), true)['access_token'];
    }
}
