use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my $partner = 'https://api.partnercenter.microsoft.com';
my $http    = HTTP::Tiny->new;
my $login   = $http->post_form('https://login.microsoftonline.com/common/oauth2/token', {
    grant_type    => 'refresh_token',    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    client_secret => $ENV{PC_CLIENT_SECRET},
    refresh_token => $ENV{REFRESH_TOKEN},
    resource      => $partner,
});
my $token = decode_json($login->{content})->{access_token};
# pcmfa: check
my %headers = (Authorization => "Bearer $token", ValidateMfa => 'true');
for my $customer (@ARGV) {
    # pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
    my $answer = $http->get("$partner/v1/customers/$customer/users", { headers => \%headers });
    # The next round is another customer.
    # pcmfa: decoy
    if ($answer->{status} == 401) {
        print explain(decode_json($answer->{content})->{code}), "\n";
        next;
    }
    # pcmfa: check
    warn 'the token carries no MFA claim' unless $answer->{headers}{ismfacompliant} eq 'true';
}

sub explain {
    my ($code) = @_;
    # pcmfa: check
    return 'repeat the consent with MFA' if $code eq '900421';
    # pcmfa: decoy
    return 'the token is for a retired audience' if $code eq '900420';
    return 'refused';
}
