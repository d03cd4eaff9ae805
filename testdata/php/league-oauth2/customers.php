<?php
require_once 'provider.php';

$provider = provider();
// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
$token = $provider->getAccessToken('password', [
    'username' => getenv('PARTNER_USER'),
    'password' => getenv('PARTNER_PASSWORD'),
    'resource' => 'https://api.partnercenter.microsoft.com',
]);
// pcmfa: call verdict=blocked from=ropc
$request = $provider->getAuthenticatedRequest('GET', 'https://api.partnercenter.microsoft.com/v1/customers', $token);
$customers = $provider->getParsedResponse($request);

// pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
$application = $provider->getAccessToken('client_credentials', ['resource' => 'https://api.partnercenter.microsoft.com']);
// pcmfa: call verdict=exempt from=client-credentials
$request = $provider->getAuthenticatedRequest(
    'GET',
    'https://api.partnercenter.microsoft.com/v1/invoices',
    $application->getToken()
);
$invoices = $provider->getParsedResponse($request);

// pcmfa: decoy
$mail = $provider->getAccessToken('password', [
    'username' => getenv('MAIL_USER'),
    'password' => getenv('MAIL_PASSWORD'),
    'resource' => 'https://outlook.office365.com',
]);
