<?php
namespace App;

class Api
{
    const HOST = 'https://api.partnercenter.microsoft.com';
    const MODE = 'user';

    private static ?Api $instance = null;
    protected static string $token;

    public static function instance(): self
    {
        if (self::$instance === null) {
            self::$instance = new static();
        }
        return self::$instance;
    }

    public static function signIn(string $mode): void
    {
        $fields = ['resource' => self::HOST];
        switch ($mode) {
            case 'user':
            case 'admin':
                $fields['grant_type'] = 'password'; // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                $fields['username'] = getenv('PARTNER_USER');
                $fields['password'] = getenv('PARTNER_PASSWORD');
                break;
            default:
                // pcmfa: decoy
                $fields['grant_type'] = 'client_credentials';
        }
        $ch = curl_init('https://login.microsoftonline.com/' . getenv('TENANT_ID') . '/oauth2/token');
        curl_setopt_array($ch, [CURLOPT_POST => 1, CURLOPT_POSTFIELDS => http_build_query($fields)]);
        ['access_token' => static::$token] = json_decode(curl_exec($ch), true);
    }

    public function call(string $method, string $path)
    {
        $options[CURLOPT_URL] = self::HOST . $path;
        $options[CURLOPT_CUSTOMREQUEST] = $method;
        $options[CURLOPT_HTTPHEADER][] = 'Authorization: Bearer ' . self::$token;
        $ch = curl_init();
        curl_setopt_array($ch, $options);
        // pcmfa: call verdict=blocked from=ropc
        return json_decode(curl_exec($ch));
    }
}
