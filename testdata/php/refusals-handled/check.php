<?php

use GuzzleHttp\Client;

function users(Client $client, array $customers): void
{
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    $answer = $client->post('https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token', ['form_params' => [
        'grant_type' => 'refresh_token',
        'client_id' => getenv('PC_CLIENT_ID'),
        // pcmfa: decoy
        'client_secret' => getenv('PC_CLIENT_SECRET') ?: 'your-client-secret',
        'refresh_token' => getenv('PC_REFRESH_TOKEN'),
        'resource' => 'https://api.partnercenter.microsoft.com',
    ]]);
    $token = json_decode($answer->getBody(), true)['access_token'];
    foreach ($customers as $customer) {
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        $response = $client->get("https://api.partnercenter.microsoft.com/v1/customers/$customer/users", [
            // pcmfa: check
            'headers' => ['Authorization' => 'Bearer ' . $token, 'ValidateMfa' => 'true'],
            'http_errors' => false,
        ]);
        // pcmfa: decoy
        if ($response->getStatusCode() === 401) {
            $code = json_decode($response->getBody(), true)['code'];
            // pcmfa: check
            echo $code === '900421' ? 'repeat the consent with MFA' : 'refused';
            continue;
        }
        // pcmfa: check
        if ($response->getHeaderLine('isMfaCompliant') !== 'true') {
            echo 'the token carries no MFA claim';
        }
    }
}
