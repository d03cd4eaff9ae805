<?php
// Where the sign-in of the portal returns to, with the provider for Azure.
$azure = new TheNetworg\OAuth2\Client\Provider\Azure([
    'clientId' => getenv('CLIENT_ID'),
    'clientSecret' => getenv('CLIENT_SECRET'),
]);
$azure->resource = 'https://api.partnercenter.microsoft.com';

// pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
$token = $azure->getAccessToken('authorization_code', ['code' => $_GET['code']]);
// pcmfa: call verdict=capable from=authorization-code
$profile = $azure->get('/v1/profiles/billing', $token);
