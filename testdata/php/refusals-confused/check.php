<?php

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ClientException;

function agreements(Client $client, string $refreshToken): array
{
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    $answer = $client->post('https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token', ['form_params' => [
        'grant_type' => 'refresh_token',
        'client_id' => getenv('PC_CLIENT_ID'),
        'client_secret' => getenv('PC_CLIENT_SECRET'),
        'refresh_token' => $refreshToken,
        'resource' => 'https://api.partnercenter.microsoft.com',
    ]]);
    $token = json_decode($answer->getBody(), true)['access_token'];
    try {
        // pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
        $response = $client->get('https://api.partnercenter.microsoft.com/v1/agreements', [
            // pcmfa: check ; finding mfa-check-ignored
            'headers' => ['Authorization' => 'Bearer ' . $token, 'ValidateMfa' => 'true'],
        ]);
        return json_decode($response->getBody(), true);
    } catch (ClientException $refused) {
        $code = json_decode($refused->getResponse()->getBody(), true)['code'];
        // pcmfa: check ; finding mfa-error-confused
        if (in_array($code, ['900421', '900420'])) {
            throw new RuntimeException('sign in again');
        }
        throw $refused;
    }
}
