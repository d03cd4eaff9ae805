<?php
$resource = 'https://api.partnercenter.microsoft.com';
$user = getenv('PARTNER_USER');
$password = getenv('PARTNER_PASSWORD');
