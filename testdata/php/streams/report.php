<?php
session_start();

function send($method, $url, $headers, $content = '')
{
    $context = stream_context_create(['http' => [
        'method' => $method,
        'header' => implode("\r\n", $headers),
        'content' => $content,
    ]]);
    return json_decode(file_get_contents($url, false, $context));
}

if (empty($_SESSION['partner_token'])) {
    // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    $form = <<<FORM
    grant_type=password&resource=https://api.partnercenter.microsoft.com&username={$_POST['user']}&password={$_POST['password']}
    FORM;
    $answer = send('POST', 'https://login.microsoftonline.com/common/oauth2/token', ['Content-Type: application/x-www-form-urlencoded'], $form);
    $_SESSION['partner_token'] = $answer->access_token;
}

$header = 'Authorization: Bearer ' . $_SESSION['partner_token'];
// pcmfa: call verdict=blocked from=ropc
$customers = send('GET', 'https://api.partnercenter.microsoft.com/v1/customers', [$header]);
// pcmfa: decoy
$rates = file_get_contents('https://rates.contoso.example/v1/customers', false, null);

$stream = stream_context_create(array('http' => array('header' => $header)));
// pcmfa: call verdict=blocked from=ropc
$profile = file_get_contents('https://api.partnercenter.microsoft.com/v1/profiles/mpn', false, $stream);

// Written out as it comes, and read line by line; the context by its name.
// pcmfa: call verdict=blocked from=ropc
readfile('https://api.partnercenter.microsoft.com/v1/invoices/D01000/documents/statement', false, $stream);
// pcmfa: call verdict=blocked from=ropc
$lines = file('https://api.partnercenter.microsoft.com/v1/auditrecords', context: $stream);
// pcmfa: decoy
readfile('https://rates.contoso.example/v1/invoices', false, stream_context_create());
