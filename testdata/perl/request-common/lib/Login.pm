package Login;
use strict;
use warnings;
use HTTP::Request::Common qw(POST);
use JSON qw(decode_json);
use LWP::UserAgent;

sub token {
    my ($grant, %more) = @_;
    my $ua = LWP::UserAgent->new;
    my $answer = $ua->request(POST 'https://login.microsoftonline.com/common/oauth2/token', [
        grant_type => $grant,
        resource   => 'https://api.partnercenter.microsoft.com',
        %more,
    ]);
    return decode_json($answer->decoded_content)->{access_token};
}

1;
