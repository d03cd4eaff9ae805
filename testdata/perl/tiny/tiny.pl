use strict;
use HTTP::Tiny;
use JSON::PP;

my $http = HTTP::Tiny->new(verify_SSL => 1);
my $url  = q{https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token};

my $login = $http->post_form($url, {
    grant_type => 'password',    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    username   => $ENV{PC_USER},
    password   => $ENV{PC_PASSWORD},
    resource   => 'https://api.partnercenter.microsoft.com',
});
my $token = decode_json($login->{content})->{access_token};

# pcmfa: call verdict=blocked from=ropc
my $res = $http->request('GET', 'https://api.partnercenter.microsoft.com/v1/invoices', {
    headers => { Authorization => "Bearer $token" },
});
print $res->{content};

# pcmfa: decoy
my $news = $http->get('https://news.contoso.example/v1/customers');
# pcmfa: decoy
$http->post_form('https://desk.contoso.example/tickets', { title => 'password', username => 'x' });
