<?php

use GuzzleHttp\Client;

function token(Client $http, string $resource): string
{
    $answer = $http->post('https://login.microsoftonline.com/contoso.example/oauth2/token', ['form_params' => [
        // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
        'grant_type' => 'client_credentials',
        'client_id' => getenv('CLIENT_ID'),
        'client_secret' => getenv('CLIENT_SECRET'),
        'resource' => $resource,
    ]]);
    return json_decode($answer->getBody())->access_token;
}

$http = new Client();
// pcmfa: call verdict=exempt from=client-credentials
$customers = $http->get('https://api.partnercenter.microsoft.com/v1/customers', [
    'headers' => ['Authorization' => 'Bearer ' . token($http, 'https://graph.windows.net')],
]);
