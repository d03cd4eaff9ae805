<?php

use GuzzleHttp\Client;
use GuzzleHttp\Exception\ClientException;

const TOKEN_URL = 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token';

function refreshedToken(Client $client, string $refreshToken): string
{
    // pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    $response = $client->post(TOKEN_URL, ['form_params' => [
        'grant_type' => 'refresh_token',
        'client_id' => '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10',
        // pcmfa: finding hard-coded-secret
        'client_secret' => 'q7-Tulip-Harbour-19',
        'refresh_token' => $refreshToken,
        'resource' => 'https://api.partnercenter.microsoft.com',
    ]]);
    return json_decode($response->getBody(), true)['access_token'];
}

function passwordToken(Client $client, string $user, string $password): string
{
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    $response = $client->post(TOKEN_URL, ['form_params' => [
        'grant_type' => 'password',
        'client_id' => '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10',
        'username' => $user,
        'password' => $password,
        'resource' => 'https://api.partnercenter.microsoft.com',
    ]]);
    return json_decode($response->getBody(), true)['access_token'];
}

function invoices(Client $client, string $refreshToken, string $user, string $password): array
{
    try {
        $token = refreshedToken($client, $refreshToken);
    } catch (ClientException $refused) {
        // pcmfa: finding password-fallback
        $token = passwordToken($client, $user, $password);
    }
    for ($attempt = 0; $attempt < 5; $attempt++) {
        // pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
        $response = $client->get('https://api.partnercenter.microsoft.com/v1/invoices', [
            'headers' => ['Authorization' => 'Bearer ' . $token],
            'http_errors' => false,
        ]);
        // pcmfa: finding mfa-error-retried
        if ($response->getStatusCode() === 401) {
            $token = refreshedToken($client, $refreshToken);
            continue;
        }
        return json_decode($response->getBody(), true);
    }
    throw new RuntimeException('no invoices');
}

function users(Client $client, string $customer): array
{
    // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    $response = $client->post(TOKEN_URL, ['form_params' => [
        'grant_type' => 'client_credentials',
        'client_id' => '3c1f0a52-0b0e-4f4e-9a53-2d6f3b1c7e10',
        'client_secret' => getenv('PC_CLIENT_SECRET'),
        'resource' => 'https://api.partnercenter.microsoft.com',
    ]]);
    $token = json_decode($response->getBody(), true)['access_token'];
    $headers = ['Authorization' => 'Bearer ' . $token];
    // pcmfa: call verdict=exempt from=client-credentials
    $client->get('https://api.partnercenter.microsoft.com/v1/customers', ['headers' => $headers]);
    // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
    $users = $client->get("https://api.partnercenter.microsoft.com/v1/customers/$customer/users", ['headers' => $headers]);
    return json_decode($users->getBody(), true);
}

function audit(Client $client): string
{
    // pcmfa: finding static-token
    $token = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.';
    // pcmfa: call verdict=unresolved ; finding unresolved-token
    return (string) $client->get('https://api.partnercenter.microsoft.com/v1/auditrecords', [
        'headers' => ['Authorization' => 'Bearer ' . $token],
    ])->getBody();
}

function mail_users(Client $client): string
{
    // pcmfa: decoy
    $token = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.';
    return (string) $client->get('https://graph.microsoft.com/v1.0/users', [
        'headers' => ['Authorization' => 'Bearer ' . $token],
    ])->getBody();
}
