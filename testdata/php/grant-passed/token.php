<?php
require 'settings.php';

$grant = 'password';
$token = getToken($grant, $resource, $user, $password);
listCustomers($token);

function getToken($grant, $resource, $user, $password)
{
    $form = [
        // The request is made here, whoever names the grant.
        'grant_type' => $grant, // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        'resource' => $resource,
        'client_id' => getenv('CLIENT_ID'),
        'username' => $user,
        'password' => $password,
    ];
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_URL, 'https://login.microsoftonline.com/common/oauth2/token');
    curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query($form));
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
    return json_decode(curl_exec($ch))->access_token;
}

function listCustomers($token)
{
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_URL, 'https://api.partnercenter.microsoft.com/v1/customers');
    curl_setopt($ch, CURLOPT_HTTPHEADER, ["Authorization: Bearer $token"]);
    return curl_exec($ch); // pcmfa: call verdict=blocked from=ropc
}

function countWords($grant, $text)
{
    // pcmfa: decoy
    return http_build_query(['grant_type' => $grant, 'words' => str_word_count($text)]);
}
