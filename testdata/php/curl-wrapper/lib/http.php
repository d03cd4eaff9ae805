<?php

/** Sends a form and gives the decoded answer. */
function post_form($url, array $fields)
{
    $ch = curl_init();
    curl_setopt($ch, CURLOPT_URL, $url);
    curl_setopt($ch, CURLOPT_POST, true);
    curl_setopt($ch, CURLOPT_POSTFIELDS, http_build_query($fields));
    curl_setopt($ch, CURLOPT_RETURNTRANSFER, true);
    $answer = curl_exec($ch);
    curl_close($ch);
    return json_decode($answer, true);
}

function get_json($url, $token)
{
    $headers[] = 'Accept: application/json';
    $headers[] = 'Authorization: Bearer ' . $token;
    $ch = curl_init($url);
    curl_setopt_array($ch, [
        CURLOPT_HTTPHEADER => $headers,
        CURLOPT_RETURNTRANSFER => true,
    ]);
    // pcmfa: call verdict=blocked from=client-credentials,refresh-token,ropc
    return json_decode(curl_exec($ch));
}
