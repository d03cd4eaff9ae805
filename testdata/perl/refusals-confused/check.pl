use strict;
use warnings;
use HTTP::Tiny;
use JSON::PP;

my $partner = 'https://api.partnercenter.microsoft.com';
my $http    = HTTP::Tiny->new;
my $login   = $http->post_form('https://login.microsoftonline.com/common/oauth2/token', {
    grant_type    => 'refresh_token',    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    refresh_token => $ENV{REFRESH_TOKEN},
    resource      => $partner,
});
my $token = decode_json($login->{content})->{access_token};
# pcmfa: check ; finding mfa-check-ignored
my %headers = (Authorization => "Bearer $token", ValidateMfa => 'true');
# pcmfa: call verdict=capable from=refresh-token ; without mfa-not-validated ; without mfa-error-unhandled
my $answer = $http->get("$partner/v1/agreements", { headers => \%headers });
my $code   = $answer->{success} ? '' : decode_json($answer->{content})->{code};
# pcmfa: check ; finding mfa-error-confused
if ($code eq '900421' || $code eq '900420') {
    die "sign in again\n";
}
