<?php

require_once 'Tokens.php';
require_once 'Partner.php';

$partner = new Adatum\Partner(new Adatum\Tokens($argv[1], $argv[2]));
foreach ($partner->customers() as $customer) {
    echo $customer['id'], PHP_EOL;
}
