use strict;
use warnings;
use lib 'lib';
use HTTP::Request::Common qw(GET PATCH DELETE);
use Login;
use LWP::UserAgent;
use Mojo::UserAgent;

my $partner = 'https://api.partnercenter.microsoft.com';
my $ua = LWP::UserAgent->new;

# pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
my $user = Login::token('password', username => $ENV{PARTNER_USER}, password => $ENV{PARTNER_PASSWORD});
# pcmfa: call verdict=blocked from=ropc
print $ua->request(GET "$partner/v1/customers", Authorization => "Bearer $user")->decoded_content;
# pcmfa: call verdict=blocked from=ropc
$ua->request(DELETE "$partner/v1/customers/1/users/2", Authorization => "Bearer $user");
# pcmfa: call verdict=blocked from=ropc
$ua->patch("$partner/v1/customers/1/subscriptions/2", Authorization => "Bearer $user", Content => '{}');

# pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
my $app = Login::token('client_credentials', client_secret => $ENV{PARTNER_SECRET});
my $agent = Mojo::UserAgent->new;
my $tx = $agent->build_tx(GET => "$partner/v1/invoices" => { Authorization => "Bearer $app" });
# pcmfa: call verdict=exempt from=client-credentials
print $agent->start($tx)->result->body;

# Look-alikes.
# pcmfa: decoy
$ua->request(GET 'https://news.contoso.example/v1/customers');
# pcmfa: decoy
$agent->start($agent->build_tx(GET => 'https://news.contoso.example/v1/customers'));
