<?php

namespace App\Services;

use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

class Subscriptions
{
    use Tokens;

    private PendingRequest $partner;

    public function __construct()
    {
        $this->partner = Http::baseUrl(config('partner.api'))->withToken($this->token('user'))->acceptJson();
    }

    public function all(string $customer): array
    {
        // pcmfa: call verdict=blocked from=ropc
        return $this->partner->get("/v1/customers/{$customer}/subscriptions")->json('items');
    }

    public function analytics(): array
    {
        // pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
        return Http::withToken($this->token('app'))->get(config('partner.api').'/v1/analytics/licenses/deployment')->json();
    }

    public function status(): bool
    {
        // pcmfa: decoy
        return Http::withHeaders(['Authorization' => 'Bearer '.config('status.key')])
            ->get('https://status.contoso.example/v1/customers')
            ->successful();
    }
}
