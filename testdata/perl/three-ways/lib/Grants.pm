package Grants;
use strict;
use warnings;
use LWP::UserAgent;
use JSON qw(decode_json);

my $authority = 'https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/token';

sub new {
    my ($class, %settings) = @_;
    return bless { ua => LWP::UserAgent->new, resource => $settings{resource} }, $class;
}

sub by_password {
    my ($self) = @_;
    # pcmfa: acquisition flow=ropc verdict=blocked pc=yes ; finding password-grant
    my $res = $self->{ua}->post($authority, { grant_type => 'password', username => $ENV{PC_USER}, password => $ENV{PC_PASSWORD}, resource => $self->{resource} });
    return decode_json($res->decoded_content)->{access_token};
}

sub by_refresh_token {
    my ($self) = @_;
    # pcmfa: acquisition flow=refresh-token verdict=capable pc=yes ; finding consent-needs-mfa
    my $res = $self->{ua}->post($authority, [ grant_type => 'refresh_token', refresh_token => $ENV{REFRESH_TOKEN}, resource => $self->{resource} ]);
    return decode_json($res->decoded_content)->{access_token};
}

sub by_application {
    my ($self) = @_;
    # pcmfa: acquisition flow=client-credentials verdict=exempt pc=yes
    my $res = $self->{ua}->post($authority, Content => { grant_type => 'client_credentials', client_secret => $ENV{CLIENT_SECRET}, resource => $self->{resource} });
    return decode_json($res->content)->{access_token};
}

1;
