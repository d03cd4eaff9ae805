<html>
<body>
<?php
require 'config.php';
require_once('lib/tokens.php');

$tokens = new Tokens($tenant);

// The same helper for two resources.
$mail = $tokens->asUser('https://graph.microsoft.com', $partnerUser, $partnerPassword);
// pcmfa: decoy
$users = get_json('https://graph.microsoft.com/v1.0/users', $mail);

$token = $tokens->asUser(PARTNER_API, $partnerUser, $partnerPassword);
$customers = get_json(PARTNER_API . '/v1/customers?size=100', $token); // pcmfa: call verdict=blocked from=ropc
?>
<ul>
<?php foreach ($customers->items as $customer): ?>
  <li><?= htmlspecialchars($customer->companyProfile->companyName) ?></li>
<?php endforeach; ?>
</ul>
<?php
// pcmfa: call verdict=exempt from=client-credentials
$invoices = get_json(PARTNER_API . '/v1/invoices', $tokens->asApplication(PARTNER_API));
$url = PARTNER_API . "/v1/customers/{$_GET['id']}/subscriptions";
// pcmfa: call verdict=capable from=refresh-token
$subscriptions = get_json($url, $tokens->refreshed(PARTNER_API));
?>
</body>
</html>
