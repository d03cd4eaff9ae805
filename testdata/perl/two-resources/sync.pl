#!/usr/bin/env perl
use strict;
use warnings;
use lib 'lib';
use Auth qw(get_token);
use LWP::UserAgent;
use HTTP::Request;

use constant PARTNER => 'https://api.partnercenter.microsoft.com';
use constant { GRAPH => 'https://graph.microsoft.com', SIZE => 500 };

my $ua = LWP::UserAgent->new;

my $token = get_token(PARTNER, 1);
my $req = HTTP::Request->new(GET => PARTNER . '/v1/customers?size=' . SIZE);
$req->header(Authorization => "Bearer $token", Accept => 'application/json');
# pcmfa: call verdict=blocked from=ropc
my $res = $ua->request($req);
print $res->decoded_content, "\n" if $res->is_success;

my $graph = get_token(GRAPH, 0);
# pcmfa: decoy
my $org = $ua->get("@{[GRAPH]}/v1.0/organization", Authorization => "Bearer $graph");
print <<"END" unless $org->is_success;
Nothing for $ENV{USER}: @{[ $org->code ]}
END
