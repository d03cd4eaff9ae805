<?php

$http = new GuzzleHttp\Client();
$answer = $http->post('https://login.microsoftonline.com/contoso.example/oauth2/token', ['form_params' => [
    // pcmfa: decoy
    'grant_type' => 'client_credentials',
    'client_id' => getenv('CLIENT_ID'),
    'client_secret' => getenv('CLIENT_SECRET'),
    'resource' => 'https://graph.windows.net',
]]);
// pcmfa: decoy
$users = $http->get('https://graph.windows.net/contoso.example/users?api-version=1.6', [
    'headers' => ['Authorization' => 'Bearer ' . json_decode($answer->getBody())->access_token],
]);
