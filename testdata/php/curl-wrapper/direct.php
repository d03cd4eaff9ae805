<?php
include 'config.php';
include 'lib/tokens.php';

$ch = curl_init();
curl_setopt($ch, CURLOPT_CUSTOMREQUEST, 'DELETE');
curl_setopt($ch, CURLOPT_URL, PARTNER_API . '/v1/customers/' . $argv[1]);
curl_setopt($ch, CURLOPT_HTTPHEADER, array('Authorization: Bearer ' . (new Tokens($tenant))->asApplication(PARTNER_API)));
$done = curl_exec($ch); // pcmfa: call verdict=exempt from=client-credentials

$ping = curl_init('https://hooks.contoso.example/v1/customers');
curl_exec($ping); // pcmfa: decoy
