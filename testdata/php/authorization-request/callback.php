<?php
// The code comes back here. What it was asked for stands in login.php.

$form = http_build_query([
    'grant_type' => 'authorization_code', // pcmfa: acquisition flow=authorization-code verdict=capable pc=yes
    'client_id' => getenv('CLIENT_ID'),
    'client_secret' => getenv('CLIENT_SECRET'),
    'code' => $_GET['code'],
    'redirect_uri' => getenv('REDIRECT_URI'),
]);
$curl = curl_init('https://login.microsoftonline.com/common/oauth2/token');
curl_setopt($curl, CURLOPT_POST, true);
curl_setopt($curl, CURLOPT_POSTFIELDS, $form);
curl_setopt($curl, CURLOPT_RETURNTRANSFER, true);
$answer = json_decode(curl_exec($curl), true);
file_put_contents(getenv('TOKEN_FILE'), $answer['refresh_token']);
