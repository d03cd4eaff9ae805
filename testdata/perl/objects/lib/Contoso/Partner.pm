package Contoso::Partner;
use strict;
use warnings;
use LWP::UserAgent;
use JSON;

sub new {
    my ($class, %args) = @_;
    my $self = {
        tenant => $args{tenant},
        client => $args{client},
        secret => $args{secret} || $ENV{SECRET},
        ua     => LWP::UserAgent->new,
    };
    return bless $self, $class;
}

sub token {
    my $self = shift;
    return $self->{token} if $self->{token};
    my $body = join '&', 'grant_type=refresh_token', "refresh_token=$self->{secret}",    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
        "client_id=$self->{client}", 'resource=https://api.partnercenter.microsoft.com';
    my $res = $self->{ua}->post(
        sprintf('https://login.microsoftonline.com/%s/oauth2/token', $self->{tenant}),
        'Content-Type' => 'application/x-www-form-urlencoded',
        Content        => $body,
    );
    $self->{token} = JSON->new->decode($res->content)->{access_token};
    return $self->{token};
}

sub get {
    my ($self, $path) = @_;
    my $ua = $self->{ua};
    $ua->default_header('Authorization' => 'Bearer ' . $self->token);
    my $res = $ua->get("https://api.partnercenter.microsoft.com/v1/$path"); # pcmfa: call verdict=capable from=refresh-token
    return decode_json($res->content);
}

1;
