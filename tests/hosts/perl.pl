# DBD::SQLite: perl.pl DATABASE QUERY LIBRARY
use strict;
use warnings;
use DBI;
my $db = DBI->connect("dbi:SQLite:$ARGV[0]", "", "", {RaiseError => 1});
$db->sqlite_enable_load_extension(1);
$db->sqlite_load_extension($ARGV[2]);
print $db->selectrow_array("SELECT sqlite_version()"), "\n";
print join("|", @$_), "\n" for @{$db->selectall_arrayref($ARGV[1])};
