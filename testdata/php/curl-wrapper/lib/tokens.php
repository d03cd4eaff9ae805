<?php

require_once __DIR__ . '/http.php';

class Tokens
{
    private $tenant;
    private $cache = [];

    public function __construct($tenant)
    {
        $this->tenant = $tenant;
    }

    private function endpoint(): string
    {
        return sprintf('%s/%s/oauth2/token', LOGIN_HOST, $this->tenant);
    }

    /** With the password of the service user. */
    public function asUser($resource, $user, $password)
    {
        global $clientId;
        $fields = ['resource' => $resource, 'client_id' => $clientId];
        // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        $fields['grant_type'] = 'password';
        $fields['username'] = $user;
        $fields['password'] = $password;
        $answer = post_form($this->endpoint(), $fields);
        return $answer['access_token'];
    }

    public function asApplication($resource)
    {
        return $this->request(array(
            'grant_type' => 'client_credentials', // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
            'client_secret' => getenv('CLIENT_SECRET'),
        ), $resource);
    }

    public function refreshed($resource)
    {
        $stored = file_get_contents('/var/lib/sync/refresh-token');
        return $this->request([
            'grant_type' => 'refresh_token', // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
            'refresh_token' => $stored,
        ], $resource);
    }

    private function request(array $fields, $resource)
    {
        $fields += ['resource' => $resource];
        return post_form($this->endpoint(), array_merge($fields, ['client_id' => 'sync']))['access_token'];
    }
}
