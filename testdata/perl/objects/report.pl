use strict;
use lib 'lib';
use Contoso::Partner;

my $partner = Contoso::Partner->new(tenant => shift @ARGV, client => $ENV{CLIENT});
foreach my $path (qw(invoices offers)) {
    my $list = $partner->get($path);    # pcmfa: call verdict=capable from=refresh-token
    print "$path: ", scalar @{ $list->{items} }, "\n";
}
# pcmfa: call verdict=capable from=refresh-token
my $customers = $partner->get('customers');
my @names = map { $_->{companyProfile}{companyName} } grep { $_->{id} =~ m{^[0-9a-f]+} } @{ $customers->{items} };
s/\s+$// for @names;
print join(', ', sort { $a cmp $b } @names), "\n";
