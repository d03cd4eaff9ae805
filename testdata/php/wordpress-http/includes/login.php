<?php
define('CONTOSO_PARTNER', 'https://api.partnercenter.microsoft.com');

function contoso_login($mode)
{
    $url = 'https://login.microsoftonline.com/' . get_option('contoso_tenant') . '/oauth2/token';
    $body = array('resource' => CONTOSO_PARTNER, 'client_id' => get_option('contoso_client'));
    if ($mode == 'app') {
        $body['grant_type'] = 'client_credentials'; // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
        $body['client_secret'] = get_option('contoso_secret');
    } else {
        $body['grant_type'] = 'password'; // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        $body['username'] = get_option('contoso_user');
        $body['password'] = get_option('contoso_password');
    }
    $response = wp_remote_post($url, ['timeout' => 30, 'body' => $body]);
    if (is_wp_error($response)) {
        wp_die($response->get_error_message());
    }
    $answer = json_decode($response['body'], true);
    return $answer['access_token'];
}
