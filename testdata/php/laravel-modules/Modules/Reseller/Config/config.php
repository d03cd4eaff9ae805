<?php

return [
    'name' => 'Reseller',
    'authority' => 'https://login.microsoftonline.com',
    'resource' => env('RESELLER_RESOURCE', 'https://api.partnercenter.microsoft.com'),
];
