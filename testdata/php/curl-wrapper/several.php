<?php
// Everything by curl_multi_*, the sign-in too.
function all_of(array $handles)
{
    $multi = curl_multi_init();
    foreach ($handles as $handle) {
        curl_multi_add_handle($multi, $handle);
    }
    do {
        $status = curl_multi_exec($multi, $running);
        curl_multi_select($multi);
    } while ($running && $status === CURLM_OK);
    return array_map('curl_multi_getcontent', $handles);
}

$multi = curl_multi_init();
$login = curl_init('https://login.microsoftonline.com/common/oauth2/v2.0/token');
// pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
curl_setopt($login, CURLOPT_POSTFIELDS, 'grant_type=password&scope=https://api.partnercenter.microsoft.com/.default&username=' . getenv('USER') . '&password=' . getenv('PW'));
curl_multi_add_handle($multi, $login);
do {
    curl_multi_exec($multi, $running);
} while ($running);
$bearer = json_decode(curl_multi_getcontent($login), true)['access_token'];
curl_multi_remove_handle($multi, $login);

$invoices = curl_init('https://api.partnercenter.microsoft.com/v1/invoices');
curl_setopt($invoices, CURLOPT_HTTPHEADER, ['Authorization: Bearer ' . $bearer]);
$summaries = curl_copy_handle($invoices);
curl_setopt($summaries, CURLOPT_URL, 'https://api.partnercenter.microsoft.com/v1/invoices/summaries');
// pcmfa: call verdict=blocked from=ropc
print_r(all_of([$invoices, $summaries]));

// A look-alike: a queue of one's own.
class Queue
{
    public function curl_multi_add_handle($queue, $url)
    {
        $queue[] = $url;
    }
}
// pcmfa: decoy
(new Queue())->curl_multi_add_handle([], 'https://api.partnercenter.microsoft.com/v1/customers');
