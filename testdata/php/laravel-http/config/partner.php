<?php

return [
    'api' => env('PARTNER_API', 'https://api.partnercenter.microsoft.com'),
    'login' => [
        'host' => env('LOGIN_HOST'),
        'tenant' => env('TENANT_ID'),
    ],
    'user' => env('PARTNER_USER'),
    'password' => env('PARTNER_PASSWORD'),
];
