<?php

namespace Adatum;

use GuzzleHttp\Client;
use GuzzleHttp\HandlerStack;
use GuzzleHttp\Middleware;
use Psr\Http\Message\RequestInterface;

class Partner
{
    private const API = 'https://api.partnercenter.microsoft.com';

    private Client $client;

    public function __construct(Tokens $tokens)
    {
        $stack = HandlerStack::create();
        $stack->push(Middleware::mapRequest(function (RequestInterface $request) use ($tokens) {
            return $request->withHeader('Authorization', 'Bearer ' . $tokens->password());
        }));
        $this->client = new Client(['base_uri' => self::API, 'handler' => $stack]);
    }

    public function customers(): array
    {
        // pcmfa: call verdict=blocked from=ropc
        $answer = $this->client->get('/v1/customers');
        return json_decode($answer->getBody(), true)['items'];
    }

    public function weather(): string
    {
        $plain = new Client(['base_uri' => 'https://weather.example']);
        // pcmfa: decoy
        return (string) $plain->get('/v1/customers')->getBody();
    }
}
