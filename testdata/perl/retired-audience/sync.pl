use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my $http  = HTTP::Tiny->new;
my $login = $http->post_form('https://login.microsoftonline.com/contoso.example/oauth2/token', {
    grant_type    => 'client_credentials',    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes ; finding retired-audience
    client_id     => $ENV{CLIENT_ID},
    client_secret => $ENV{CLIENT_SECRET},
    resource      => 'https://graph.windows.net',
});
my $token = decode_json($login->{content})->{access_token};
# pcmfa: call verdict=exempt from=client-credentials
$http->get('https://api.partnercenter.microsoft.com/v1/customers', { headers => { Authorization => "Bearer $token" } });
# pcmfa: decoy
$http->get('https://graph.windows.net/contoso.example/users', { headers => { Authorization => "Bearer $token" } });
