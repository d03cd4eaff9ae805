<?php
require 'vendor/autoload.php';

use League\OAuth2\Client\Provider\GenericProvider;

function provider()
{
    return new GenericProvider([
        'clientId' => getenv('CLIENT_ID'),
        'clientSecret' => getenv('CLIENT_SECRET'),
        'redirectUri' => 'https://portal.contoso.example/return',
        'urlAuthorize' => 'https://login.microsoftonline.com/common/oauth2/authorize',
        'urlAccessToken' => 'https://login.microsoftonline.com/common/oauth2/token',
        'urlResourceOwnerDetails' => '',
    ]);
}
