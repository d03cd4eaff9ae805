<?php
namespace App;

require_once __DIR__ . '/src/Api.php';

// The grant is chosen by a setting; only one branch can be taken.
Api::signIn(Api::MODE);
$api = Api::instance();
// pcmfa: call verdict=blocked from=ropc
$api->call('GET', '/v1/customers');

$other = new class ($api) extends Api {
    public function all()
    {
        // pcmfa: call verdict=blocked from=ropc
        return parent::call('GET', '/v1/invoices');
    }
};
$other->all();
