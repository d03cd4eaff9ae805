use Mojo::Base -strict, -signatures;
use Mojo::UserAgent;

my $ua = Mojo::UserAgent->new->max_redirects(3);

sub login ($grant, %more) {
    my $tx = $ua->post('https://login.microsoftonline.com/common/oauth2/v2.0/token' => { Accept => '*/*' } => form => {
        grant_type => $grant,
        scope      => 'https://api.partnercenter.microsoft.com/.default',
        client_id  => $more{client},
    });
    return $tx->result->json->{access_token};
}

my $token = login('client_credentials', client => $ENV{CLIENT}); # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes

# pcmfa: call verdict=exempt from=client-credentials
my $tx = $ua->get('https://api.partnercenter.microsoft.com/v1/invoices' => { Authorization => "Bearer $token" });
say $tx->result->body;

# pcmfa: decoy
say $ua->get('https://news.contoso.example/v1/customers')->result->body;
