use strict;
use warnings;
use lib 'lib';
use Grants;
use LWP::UserAgent;

my $partner = 'https://api.partnercenter.microsoft.com';
my $grants = Grants->new(resource => $partner);

my $ua = LWP::UserAgent->new;
$ua->default_header(Authorization => 'Bearer ' . $grants->by_password);
# pcmfa: call verdict=blocked from=ropc
print $ua->get("$partner/v1/customers")->decoded_content;

my $delegated = LWP::UserAgent->new;
my $refreshed = $grants->by_refresh_token;
# pcmfa: call verdict=capable from=refresh-token
print $delegated->get("$partner/v1/customers/$ARGV[0]/subscriptions", 'Authorization' => "Bearer $refreshed")->decoded_content;

my $app = LWP::UserAgent->new;
$app->default_headers->header(Authorization => 'Bearer ' . $grants->by_application);
# pcmfa: call verdict=exempt from=client-credentials
print $app->get("$partner/v1/invoices")->decoded_content;

my $weather = LWP::UserAgent->new;
# pcmfa: decoy
print $weather->get('https://weather.example/v1/customers')->decoded_content;
