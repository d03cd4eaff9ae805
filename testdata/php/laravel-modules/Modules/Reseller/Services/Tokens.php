<?php

namespace Modules\Reseller\Services;

use GuzzleHttp\Client;

/** Fetches tokens for whichever module asks, with what the module's own configuration says. */
class Tokens
{
    private Client $http;

    public function __construct(private array $config)
    {
        $this->http = new Client();
    }

    public function user(): string
    {
        $url = sprintf('%s/%s/oauth2/token', rtrim($this->config['authority'], '/'), env('TENANT'));
        $answer = $this->http->post($url, ['form_params' => [
            'grant_type' => 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
            'resource' => $this->config['resource'],
            'client_id' => env('CLIENT'),
            'username' => env('AGENT'),
            'password' => env('AGENT_PASSWORD'),
        ]]);

        return json_decode((string) $answer->getBody(), true)['access_token'];
    }

    public function app(): string
    {
        $url = sprintf('%s/%s/oauth2/token', rtrim($this->config['authority'], '/'), env('TENANT'));
        $answer = $this->http->post($url, ['form_params' => [
            'grant_type' => 'client_credentials', // pcmfa: decoy
            'resource' => $this->config['resource'],
            'client_id' => env('CLIENT'),
            'client_secret' => env('SECRET'),
        ]]);

        return json_decode((string) $answer->getBody(), true)['access_token'];
    }
}
