<?php

namespace Modules\Reseller\Services;

use GuzzleHttp\Client;

class Customers
{
    public function all(): array
    {
        $tokens = new Tokens(config('reseller'));
        $url = rtrim(config('reseller.resource'), '/') . '/v1/customers';
        $answer = (new Client())->get($url, [ // pcmfa: call verdict=blocked from=ropc
            'headers' => ['Authorization' => 'Bearer ' . $tokens->user()],
        ]);

        return json_decode((string) $answer->getBody(), true)['items'];
    }
}
