<?php
// Shared by all scripts; included before anything else.
define('PARTNER_API', 'https://api.partnercenter.microsoft.com');
const LOGIN_HOST = 'https://login.microsoftonline.com';

$tenant = getenv('TENANT_ID');
$clientId = '5b0f8c37-7a1c-4f0f-8c39-f4cb5df31d11';
$partnerUser = $_ENV['PARTNER_USER'];
$partnerPassword = $_ENV['PARTNER_PASSWORD'];
