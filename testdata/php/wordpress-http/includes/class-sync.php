<?php
class Contoso_Sync
{
    public function run()
    {
        $http = new WP_Http();
        $answer = $http->post('https://login.microsoftonline.com/common/oauth2/token', array(
            'body' => array(
                'grant_type' => 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                'resource' => 'https://api.partnercenter.microsoft.com',
                'username' => get_option('contoso_user'),
                'password' => get_option('contoso_password'),
            ),
        ));
        $token = json_decode($answer['body'])->access_token;
        // pcmfa: call verdict=blocked from=ropc
        $http->head('https://api.partnercenter.microsoft.com/v1/domains/contoso.example', array('headers' => "Authorization: Bearer $token"));
        // pcmfa: call verdict=blocked from=ropc
        $http->request('https://api.partnercenter.microsoft.com/v1/customers/1', array('method' => 'DELETE', 'headers' => array('Authorization' => 'Bearer ' . $token)));
        // pcmfa: decoy
        $http->get('https://hooks.contoso.example/v1/customers');
    }
}
