<?php
// Several requests at a time.
$login = curl_init('https://login.microsoftonline.com/common/oauth2/token');
curl_setopt($login, CURLOPT_RETURNTRANSFER, true);
// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
curl_setopt($login, CURLOPT_POSTFIELDS, http_build_query(['grant_type' => 'password', 'resource' => 'https://api.partnercenter.microsoft.com', 'username' => getenv('USER'), 'password' => getenv('PW')]));
$token = json_decode(curl_exec($login))->access_token;

$all = curl_multi_init();
$customers = curl_init('https://api.partnercenter.microsoft.com/v1/customers');
curl_setopt($customers, CURLOPT_HTTPHEADER, ["Authorization: Bearer $token"]);
// pcmfa: call verdict=blocked from=ropc
curl_multi_add_handle($all, $customers);
$weather = curl_init('https://weather.example.com/v1/customers');
// pcmfa: decoy
curl_multi_add_handle($all, $weather);
do {
    $status = curl_multi_exec($all, $running);
} while ($running && $status === CURLM_OK);

$agreements = curl_init();
curl_setopt_array($agreements, [CURLOPT_URL => 'https://api.partnercenter.microsoft.com/v1/agreements', CURLOPT_HTTPAUTH => CURLAUTH_BEARER, CURLOPT_XOAUTH2_BEARER => $token]);
// pcmfa: call verdict=blocked from=ropc
curl_exec($agreements);
