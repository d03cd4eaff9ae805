<?php

declare(strict_types=1);

namespace Contoso\Partner;

use GuzzleHttp\Client;
use GuzzleHttp\Psr7\Request;
use GuzzleHttp\RequestOptions;

final class PartnerClient
{
    private const BASE = 'https://api.partnercenter.microsoft.com';

    private Client $http;

    public function __construct(private readonly TokenSource $tokens)
    {
        $this->http = new Client(['base_uri' => self::BASE, 'timeout' => 30]);
    }

    public function customers(): array
    {
        // pcmfa: call verdict=blocked from=ropc
        $response = $this->http->request('GET', '/v1/customers', [
            'headers' => ['Authorization' => "Bearer {$this->tokens->forUser(self::BASE)}"],
        ]);
        return json_decode((string) $response->getBody(), true)['items'];
    }

    public function invoices(): array
    {
        $token = $this->tokens->forApplication();
        // pcmfa: call verdict=exempt from=client-credentials
        $response = $this->http->get('v1/invoices', [
            RequestOptions::HEADERS => ['Authorization' => 'Bearer ' . $token],
        ]);
        return json_decode($response->getBody()->getContents());
    }

    public function order(string $customer, array $order): void
    {
        $headers = ['Authorization' => 'Bearer ' . $this->tokens->fromConsent()];
        $request = new Request('POST', self::BASE . "/v1/customers/$customer/orders", $headers, json_encode($order));
        // pcmfa: call verdict=capable from=refresh-token
        $this->http->send($request);
    }

    public function users(): array
    {
        $graph = new Client(['base_uri' => 'https://graph.microsoft.com/v1.0/']);
        // pcmfa: decoy
        $response = $graph->request('GET', 'users', [
            'headers' => ['Authorization' => 'Bearer ' . $this->tokens->forUser('https://graph.microsoft.com')],
        ]);
        return json_decode((string) $response->getBody(), true);
    }
}
