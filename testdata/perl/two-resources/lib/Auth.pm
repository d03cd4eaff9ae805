package Auth;
use strict;
use warnings;
use LWP::UserAgent;
use JSON qw(decode_json);
use Exporter qw(import);
our @EXPORT_OK = qw(get_token);

=head1 NAME

Auth - one helper for all APIs; a password is asked for elsewhere

=cut

my $ua = LWP::UserAgent->new(timeout => 30);

# The caller names the resource and the kind of token.
sub get_token {
    my ($resource, $as_user) = @_;
    my $tenant = $ENV{TENANT_ID} // 'common';
    my %form = (client_id => $ENV{CLIENT_ID}, resource => $resource);
    if ($as_user) {
        $form{grant_type} = 'password';    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
        @form{qw(username password)} = ($ENV{PC_USER}, $ENV{PC_PASSWORD});
    } else {
        $form{grant_type}    = 'client_credentials';
        $form{client_secret} = $ENV{CLIENT_SECRET};
    }
    my $res = $ua->post("https://login.microsoftonline.com/$tenant/oauth2/token", \%form);
    die 'no token: ' . $res->status_line unless $res->is_success;
    return decode_json($res->decoded_content)->{access_token};
}

1;
__END__
This is never read: my $x = {
