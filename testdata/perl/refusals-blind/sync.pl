use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my $partner = 'https://api.partnercenter.microsoft.com';
my $secret  = 'q7-Tulip-Harbour-19';    # pcmfa: finding hard-coded-secret
my $http    = HTTP::Tiny->new(verify_SSL => 1);

sub post {
    my ($form) = @_;
    my $login = $http->post_form('https://login.microsoftonline.com/contoso.example/oauth2/token', $form);
    die 'no token' unless $login->{success};
    return decode_json($login->{content})->{access_token};
}

sub sign_in {
    my ($refresh, $user, $password) = @_;
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    my $token = eval { post({ grant_type => 'refresh_token', client_secret => $secret, refresh_token => $refresh, resource => $partner }) };
    if (!$token) {
        # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant ; finding password-fallback
        $token = post({ grant_type => 'password', username => $user, password => $password, resource => $partner });
    }
    return $token;
}

sub invoices {
    my $attempt = 0;
    while ($attempt < 5) {
        my $token = sign_in($ENV{REFRESH_TOKEN}, $ENV{PC_USER}, $ENV{PC_PASSWORD});
        # pcmfa: call verdict=blocked from=refresh-token,ropc ; finding mfa-not-validated ; finding mfa-error-unhandled
        my $answer = $http->get("$partner/v1/invoices", { headers => { Authorization => "Bearer $token" } });
        # pcmfa: finding mfa-error-retried
        if ($answer->{status} != 401) {
            return decode_json($answer->{content});
        }
        $attempt++;
    }
    return;
}

sub audit {
    # pcmfa: finding static-token
    my $pasted = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.';
    # pcmfa: call verdict=unresolved ; finding unresolved-token
    return $http->get("$partner/v1/auditrecords", { headers => { Authorization => "Bearer $pasted" } });
}

sub mail {
    # pcmfa: decoy
    my $pasted = 'eyJhbGciOiJub25lIn0.eyJ0ZXN0IjoidGVzdCJ9.';
    return $http->get('https://graph.microsoft.com/v1.0/users', { headers => { Authorization => "Bearer $pasted" } });
}

sub users {
    my ($customer) = @_;
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    my $token = post({ grant_type => 'client_credentials', client_secret => $ENV{PC_CLIENT_SECRET}, resource => $partner });
    my %headers = (Authorization => "Bearer $token");
    # pcmfa: call verdict=exempt from=client-credentials
    $http->get("$partner/v1/customers", { headers => \%headers });
    # pcmfa: call verdict=exempt from=client-credentials ; finding app-only-unsupported
    return $http->get("$partner/v1/customers/$customer/users", { headers => \%headers });
}

print scalar(@{ invoices()->{items} }), audit()->{status}, mail()->{status}, users(shift)->{status}, "\n";
