<?php

namespace App\Services;

use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Http;

trait Tokens
{
    protected function token(string $grant): string
    {
        return Cache::remember("partner-$grant", 3000, function () use ($grant) {
            $fields = match ($grant) {
                'user' => [
                    'grant_type' => 'password', // pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
                    'username' => config('partner.user'),
                    'password' => config('partner.password'),
                ],
                default => [
                    'grant_type' => 'client_credentials', // pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
                    'client_secret' => config('partner.secret'),
                ],
            };
            $fields['resource'] = config('partner.api');

            return Http::asForm()
                ->retry(3, 100)
                ->post(config('partner.login.host').'/'.config('partner.login.tenant').'/oauth2/token', $fields)
                ->throw()
                ->json('access_token');
        });
    }
}
