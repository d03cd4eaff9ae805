<?php

namespace Modules\Graph\Services;

use GuzzleHttp\Client;
use Modules\Reseller\Services\Tokens;

class Users
{
    public function all(): array
    {
        $tokens = new Tokens(config('graph'));
        $answer = (new Client())->get('https://graph.microsoft.com/v1.0/users', [
            'headers' => ['Authorization' => 'Bearer ' . $tokens->app()],
        ]);

        return json_decode((string) $answer->getBody(), true)['value'];
    }
}
