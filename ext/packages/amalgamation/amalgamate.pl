#!/usr/bin/perl
# Prints the whole extension as one C file: the sources given, in this order, each behind the headers that it needs first.
#   perl amalgamate.pl -I FOLDER... SOURCE.c... >mlmetrics.c
#
# The file must compile beside others in one translation unit, sqlite3.c among them. So what is shared by files gets the prefix
# mlm_ (Mlm for types, MLM_ for macros and enum constants) and becomes static, and what belongs to one file gets that file's name for a prefix.
# The names are found by reading the tokens at file scope, so this holds for C as this project writes it:
#   * a function's body begins behind its parameters; a macro that defines functions is called at file scope, without a semicolon;
#   * members of structs are met behind . or ->, or where the struct is declared;
#   * no macro makes a name or a string of an argument that is renamed.
# Where two names would meet, the script says which and fails.
use strict;
use warnings;

my (@folders, @sources);
while (@ARGV) {
  my $arg = shift @ARGV;
  if ($arg eq '-I') { push @folders, shift @ARGV }
  else { push @sources, $arg }
}

my %keyword = map { $_ => 1 } qw(auto break case char const continue default do double else enum extern float for goto if inline int
  long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Alignas
  _Alignof _Atomic _Bool _Complex _Generic _Noreturn _Static_assert _Thread_local true false NULL defined __attribute__ __extension__ __asm__);

my (%tokens_of, %statements_of, %macros_of);

# Splits C text into tokens [kind, text]: directive, comment, space, string, number, name, sign.
sub tokens {
  my ($text) = @_;
  my @tokens;
  my $line_start = 1;
  pos($text) = 0;
  while (pos($text) < length $text) {
    if ($line_start && $text =~ /\G[ \t]*#(?:[^\n\\\/]|\\\n|\\.|\/\*.*?\*\/|\/)*/gcs) { push @tokens, ['directive', $&] }
    elsif ($text =~ m{\G(?:/\*.*?\*/|//[^\n]*)}gcs) { push @tokens, ['comment', $&] }
    elsif ($text =~ /\G\s+/gc) { push @tokens, ['space', $&]; $line_start = 1 if $& =~ /\n/; next }
    elsif ($text =~ /\G(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/gcs) { push @tokens, ['string', $&] }
    elsif ($text =~ /\G\.?[0-9](?:[eEpP][+-]|[A-Za-z0-9_.])*/gc) { push @tokens, ['number', $&] }
    elsif ($text =~ /\G[A-Za-z_]\w*/gc) { push @tokens, ['name', $&] }
    elsif ($text =~ /\G(?:->|\.\.\.|##|.)/gcs) { push @tokens, ['sign', $&] }
    $line_start = 0 if $tokens[-1][0] ne 'comment';
  }
  return @tokens;
}

sub is_static {
  my ($path, @tokens) = @_;
  return grep { $_->[0] eq 'name' && ($_->[1] eq 'static' || $macros_of{$path}{ $_->[1] } && $macros_of{$path}{ $_->[1] }{static}) } @tokens;
}

sub meaningful { return grep { $_->[0] !~ /^(?:comment|space|directive)$/ } @_ }

# The files in the order in which they are printed.
my (%text_of, %includes, @order);
sub find_file {
  my ($name) = @_;
  for my $folder (@folders) { return "$folder/$name" if -f "$folder/$name" }
  return undef;
}
sub take_file {
  my ($path) = @_;
  return if exists $text_of{$path};
  open my $in, '<', $path or die "$path: $!\n";
  local $/;
  my $text = $text_of{$path} = <$in>;
  while ($text =~ /^[ \t]*#[ \t]*include[ \t]*"([^"]+)"/mg) {
    my $header = find_file($1);
    next unless defined $header;
    take_file($header);
    $includes{$path}{$_} = 1 for $header, keys %{ $includes{$header} || {} };
  }
  # A header's guard does no work here.
  if ($path =~ /\.h$/ && $text =~ /^[ \t]*#ifndef (\w+_H)\n#define \1\n/m) {
    my $guard = $1;
    $text =~ s/^#ifndef $guard\n#define $guard\n//m;
    $text =~ s/^#endif[^\n]*\n\s*\z//m or die "$path: its guard has no end\n";
    $text_of{$path} = $text;
  }
  push @order, $path;
}
take_file($_) for @sources;

# Cuts a file into what stands at file scope: [first, last, kind], kinds: function (a definition), call (of a macro), other (up to a semicolon).
sub statements {
  my ($tokens, $macros) = @_;
  my (@found, $first, $previous);
  my ($depth, $body, $calls) = (0, 0, 0);
  for my $i (0 .. $#$tokens) {
    my ($kind, $text) = @{ $tokens->[$i] };
    next if $kind =~ /^(?:comment|space|directive)$/;
    if (!defined $first) {
      $first = $i;
      $calls = $macros->{$text} && $macros->{$text}{call};
    }
    if ($text =~ /^[({\[]$/ && $kind eq 'sign') {
      $body = 1 if $depth == 0 && $text eq '{' && $previous eq ')';
      $depth++;
    }
    if ($text =~ /^[)}\]]$/ && $kind eq 'sign') {
      $depth--;
      if ($depth == 0 && ($text eq '}' && $body || $text eq ')' && $calls)) {
        push @found, [$first, $i, $body ? 'function' : 'call'];
        undef $first;
        $body = $calls = 0;
      }
    }
    if ($depth == 0 && $text eq ';' && $kind eq 'sign' && defined $first) {
      push @found, [$first, $i, 'other'];
      undef $first;
    }
    $previous = $text;
  }
  return @found;
}

# The macros of a file: whether each is called like a function, pastes or quotes arguments, and stands for `static` among others.
sub macros_of {
  my ($tokens) = @_;
  my %macros;
  for (grep { $_->[0] eq 'directive' } @$tokens) {
    next unless $_->[1] =~ /^\s*#\s*define\s+(\w+)(\()?(.*)/s;
    my ($name, $call, $body) = ($1, defined $2 ? 1 : 0, $3);
    $macros{$name} = { call => $call, pastes => $call && $body =~ /#/ ? 1 : 0, static => !$call && $body =~ /\bstatic\b/ ? 1 : 0 };
  }
  return \%macros;
}

# Tokens outside of groups: (…) becomes one token '()' that keeps its own in [2].
sub grouped {
  my @out;
  my @stack = (\@out);
  for my $token (@_) {
    my $text = $token->[0] eq 'sign' ? $token->[1] : '';
    if ($text =~ /^[({\[]$/) {
      my $group = ['group', $text, []];
      push @{ $stack[-1] }, $group;
      push @stack, $group->[2];
    } elsif ($text =~ /^[)}\]]$/) {
      pop @stack;
    } else {
      push @{ $stack[-1] }, $token;
    }
  }
  return @out;
}

# The name that a declarator's tokens declare.
sub declared {
  my @tokens = @_;
  for my $i (0 .. $#tokens) {
    next unless $tokens[$i][0] eq 'group' && $tokens[$i][1] eq '(';
    my @inner = @{ $tokens[$i][2] };
    if (@inner && $inner[0][1] eq '*') { return declared(grep { $_->[1] ne '*' } @inner) }
    return $i > 0 && $tokens[$i - 1][0] eq 'name' ? $tokens[$i - 1][1] : undef;
  }
  my $name;
  for (@tokens) {
    last if $_->[0] eq 'group' && $_->[1] eq '[';
    $name = $_->[1] if $_->[0] eq 'name' && !$keyword{ $_->[1] };
  }
  return $name;
}

# The declarators of a statement: without attributes, tags with their bodies, and initialisers.
sub declarators {
  my @tokens = grouped(@_);
  my (@parts, $skip);
  my @part;
  for my $i (0 .. $#tokens) {
    my ($kind, $text) = @{ $tokens[$i] };
    if ($kind eq 'name' && $i < $#tokens && $tokens[$i + 1][0] eq 'group' && $tokens[$i + 1][1] eq '('
      && ($text eq '__attribute__' || $text eq '_Alignas' || $text eq 'MLM_ALIGNED')) {
      $tokens[$i + 1][0] = 'gone';
      next;
    }
    next if $kind eq 'gone' || ($kind eq 'group' && $text eq '{');
    if ($kind eq 'sign' && $text eq '=') { $skip = 1 }
    if ($kind eq 'sign' && $text =~ /^[,;]$/) {
      push @parts, [@part];
      @part = ();
      $skip = 0;
      next;
    }
    push @part, $tokens[$i] unless $skip;
  }
  push @parts, [@part] if @part;
  return grep { defined } map { declared(@$_) } @parts;
}

# The tags and enum constants of a statement; those of structs inside structs too.
sub tags_and_constants {
  my @tokens = @_;
  my @found;
  for my $i (0 .. $#tokens) {
    next unless $tokens[$i][0] eq 'name' && $tokens[$i][1] =~ /^(?:struct|union|enum)$/;
    my $next = $i + 1;
    if ($next <= $#tokens && $tokens[$next][0] eq 'name') { push @found, $tokens[$next++][1] }
    next unless $tokens[$i][1] eq 'enum' && $next <= $#tokens && $tokens[$next][1] eq '{';
    my $depth = 0;
    for my $j ($next .. $#tokens) {
      my $text = $tokens[$j][1];
      push @found, $text if $depth == 1 && $tokens[$j][0] eq 'name' && $tokens[$j - 1][1] =~ /^[{,]$/;
      $depth++ if $text =~ /^[({]$/;
      $depth-- if $text =~ /^[)}]$/;
      last if $depth == 0;
    }
  }
  return @found;
}

my $ours = qr/^(?:mlm_|MLM_|Mlm|MLMETRICS|mlmetrics|sqlite3|SQLITE)/;
my (%shared, %shared_by, %local_of, %is_array, %used);

# Which names a file defines: [name, kind], kinds: type, constant (also macros), object (functions and variables).
sub definitions {
  my ($path) = @_;
  my $tokens = $tokens_of{$path};
  my @found = map { [$_, 'constant'] } keys %{ $macros_of{$path} };
  for my $statement (@{ $statements_of{$path} }) {
    my ($first, $last, $kind) = @$statement;
    my @tokens = meaningful(@$tokens[$first .. $last]);
    if ($kind eq 'call') {
      my $macro = $tokens[0][1];
      die "$path: $macro pastes or quotes its arguments at file scope\n" if $macros_of{$path}{$macro}{pastes};
      push @found, map { [$_->[1], 'object'] } grep { $_->[0] eq 'name' && !$keyword{ $_->[1] } && $_->[1] =~ /^[a-z]/ } @tokens[2 .. $#tokens];
      next;
    }
    if ($kind eq 'function') { # what stands before its body
      my $depth = 0;
      for my $i (0 .. $#tokens) {
        if ($depth == 0 && $tokens[$i][1] eq '{') { @tokens = @tokens[0 .. $i - 1]; last }
        $depth++ if $tokens[$i][1] eq '(';
        $depth-- if $tokens[$i][1] eq ')';
      }
    }
    push @found, map { [$_, /^[A-Z0-9_]+$/ ? 'constant' : 'type'] } tags_and_constants(@tokens);
    if ($tokens[0][1] eq 'typedef') { push @found, map { [$_, 'type'] } declarators(@tokens[1 .. $#tokens]) }
    elsif (is_static($path, @tokens)) { push @found, map { [$_, 'object'] } declarators(@tokens) }
  }
  my %seen;
  return grep { $_->[0] !~ $ours && !$seen{ $_->[0] }++ } @found;
}

for my $path (@order) {
  my @tokens = tokens($text_of{$path});
  $tokens_of{$path} = \@tokens;
  $macros_of{$path} = macros_of(\@tokens);
  $statements_of{$path} = [statements(\@tokens, $macros_of{$path})];
  for (@tokens) {
    if ($_->[0] eq 'name') { $used{ $_->[1] } = $path }
    elsif ($_->[0] eq 'directive') { $used{$1} = $path while $_->[1] =~ /([A-Za-z_]\w*)/g }
  }
}

my %taken = (MLM_EXTERN_ARRAY => 'this script');
# New names. A name that is taken, by another or in the sources, is an error.
sub camel { return join '', map { ucfirst } split /_/, $_[0] }
sub rename_to {
  my ($path, $name, @wishes) = @_;
  for my $wish (@wishes) {
    next if $used{$wish} || $taken{$wish};
    $taken{$wish} = "$path: $name";
    return $wish;
  }
  die "$path: $name cannot be renamed: " . join(' and ', @wishes) . " are taken (by " . ($taken{ $wishes[0] } || $used{ $wishes[0] }) . ")\n";
}
for my $path (@order) {
  next if $path =~ /mlmetrics\.h$/;
  my ($folder, $stem) = $path =~ m{(?:.*/)?(\w+)/(\w+)\.[ch]$};
  for (definitions($path)) {
    my ($name, $kind) = @$_;
    if ($path =~ /\.h$/) {
      $shared_by{$name}{$path} = 1;
      next if $shared{$name}; # declared in one header and defined in another
      $shared{$name} = rename_to($path, $name, $kind eq 'constant' ? ("MLM_$name", 'MLM_' . uc("${stem}_") . $name)
        : $kind eq 'type' ? ("Mlm$name", 'Mlm' . camel($stem) . $name) : ("mlm_$name", "mlm_${stem}_$name"));
    } else {
      next if $kind ne 'object' && grep { $includes{$path}{$_} } keys %{ $shared_by{$name} || {} }; # declared in a header
      $local_of{$path}{$name} = rename_to($path, $name, $kind eq 'constant' ? map({ 'MLM_' . uc("${_}_") . $name } $stem, "${folder}_$stem")
        : $kind eq 'type' ? map({ 'Mlm' . camel($_) . $name } $stem, "${folder}_$stem") : map({ "${_}_$name" } $stem, "${folder}_$stem"));
    }
  }
}

# Arrays whose size the header does not tell cannot be declared static; they stay external, and hidden.
for my $path (grep { /\.h$/ } @order) {
  for my $statement (@{ $statements_of{$path} }) {
    my @tokens = meaningful(@{ $tokens_of{$path} }[$statement->[0] .. $statement->[1]]);
    next unless $tokens[0][1] eq 'extern';
    for my $i (1 .. $#tokens - 1) {
      $is_array{ $tokens[$i - 1][1] } = 1 if $tokens[$i][1] eq '[' && $tokens[$i + 1][1] eq ']' && $tokens[$i - 1][0] eq 'name';
    }
  }
}

# The word that a statement at file scope begins with here; undef: as it is.
sub linkage {
  my ($path, $kind, @tokens) = @_;
  return undef if $kind eq 'call' || $tokens[0][1] =~ /^(?:typedef|_Static_assert)$/;
  my @outside = grouped(@tokens);
  return undef if is_static($path, @outside);
  for (@outside) {
    return undef if $_->[0] eq 'name' && $_->[1] =~ /^(?:MLMETRICS_API|MLM_HIDDEN|__attribute__|SQLITE_EXTENSION_INIT1)$/;
  }
  my @names = declarators(@tokens);
  @names = (declared(grep { !($_->[0] eq 'group' && $_->[1] eq '{') } @outside)) if $kind eq 'function';
  return undef if !@names || grep { /^sqlite3_/ } @names;
  return undef if $tokens[0][1] =~ /^(?:struct|union|enum)$/ && $tokens[-2][1] eq '}'; # declares a tag alone
  return undef if @tokens == 3 && $tokens[0][1] =~ /^(?:struct|union|enum)$/;
  return $tokens[0][1] eq 'extern' ? 'MLM_EXTERN_ARRAY' : undef if grep { $is_array{$_} } @names;
  return 'static';
}

my $renames;
sub renamed { return exists $renames->{ $_[0] } ? $renames->{ $_[0] } : $_[0] }

# The text of tokens with their new names.
sub rewritten {
  my @tokens = @_;
  my ($out, $previous, @braces) = ('', '');
  for my $i (0 .. $#tokens) {
    my ($kind, $text) = @{ $tokens[$i] };
    if ($kind eq 'directive') {
      my ($head, $rest) = $text =~ /^(\s*#\s*\w+\s*)(.*)/s;
      $out .= $head . ($rest =~ /^["<]/ ? $rest : substr rewritten(tokens("x $rest")), 2);
      next;
    }
    if ($kind =~ /^(?:comment|space)$/) { $out .= $text; next }
    if ($kind eq 'name') {
      my $member = $previous =~ /^(?:\.|->)$/ || (@braces && $braces[-1] eq 'struct' && $text =~ /^[a-z]/);
      $text = renamed($text) unless $member;
    } elsif ($text eq '{') {
      my $before = substr $out, -200;
      $before =~ s{/\*.*?\*/}{}gs;
      push @braces, $before =~ /\b(?:struct|union)(?:\s+\w+)?\s*$/ ? 'struct' : 'other';
    } elsif ($text eq '}') {
      pop @braces;
    }
    $out .= $text;
    $previous = $text;
  }
  return $out;
}

# A file with its new names, its internal headers and repeated system headers left out.
my %included;
sub section {
  my ($path) = @_;
  my @tokens = map { [@$_] } @{ $tokens_of{$path} };
  $renames = { %shared, %{ $local_of{$path} || {} } };
  delete $renames->{$_} for grep { $_ =~ $ours } keys %$renames;
  for my $statement (@{ $statements_of{$path} }) {
    my ($first, $last, $kind) = @$statement;
    my $before = linkage($path, $kind, meaningful(@tokens[$first .. $last]));
    next unless defined $before;
    $tokens[$first] = $tokens[$first][1] eq 'extern' ? ['string', $before] : ['string', "$before " . renamed($tokens[$first][1])];
  }
  my $depth = 0;
  for (@tokens) {
    next unless $_->[0] eq 'directive';
    $depth++ if $_->[1] =~ /^\s*#\s*if/;
    $depth-- if $_->[1] =~ /^\s*#\s*endif/;
    if ($_->[1] =~ /^\s*#\s*include\s*"([^"]+)"/ && defined find_file($1)) { $_ = ['gone', ''] }
    elsif ($_->[1] =~ /^\s*#\s*include\s*([<"][^>"]+[>"])/) {
      if ($included{$1}) { $_ = ['gone', ''] }
      elsif ($depth == 0) { $included{$1} = 1 }
    }
  }
  my $out = rewritten(@tokens);
  $out =~ s/^\s+//;
  $out =~ s/\n{3,}/\n\n/g;
  $out =~ s/\s*\z/\n/;
  return $out;
}

my ($version) = map { /MLMETRICS_VERSION "([^"]+)"/ ? $1 : () } values %text_of;
print <<"HEAD";
/* mlmetrics $version: metrics of predictions as SQL functions of SQLite. All of the extension in one file.
 *
 * A loadable extension:            cc -O2 -fPIC -shared mlmetrics.c -o mlmetrics.so
 * A part of an application:        cc -O2 -DSQLITE_CORE -c mlmetrics.c
 *                                  and call sqlite3_mlmetrics_init(), which mlmetrics.h declares
 *
 * Made by `make amalgamation` from the files of the project, which are easier to read. Names have got prefixes, so that the
 * file also compiles behind sqlite3.c in one translation unit; nothing is exported but the entry points.
 */
#if defined __FAST_MATH__
#error "mlmetrics needs IEEE arithmetic: compile it without -ffast-math"
#endif

/* Results have the same bits on every processor: products and sums are not fused, and a square root is an instruction. */
#if defined __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-parameter"
#pragma clang diagnostic ignored "-Wunused-function"
#pragma clang diagnostic ignored "-Wunused-const-variable"
#pragma STDC FP_CONTRACT OFF
#elif defined __GNUC__
#pragma GCC push_options
#pragma GCC optimize("-ffp-contract=off", "-fno-math-errno")
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wunused-const-variable"
#elif defined _MSC_VER
#pragma fp_contract(off)
#endif

/* Arrays that are declared before their size is known. */
#if defined _WIN32 || !(defined __GNUC__ || defined __clang__)
#define MLM_EXTERN_ARRAY extern
#else
#define MLM_EXTERN_ARRAY extern __attribute__((visibility("hidden")))
#endif
HEAD
for my $path (@order) {
  my $text = section($path);
  my $name = $path;
  $name =~ s{^\./}{};
  print "\n/", '*' x 20, " $name ", '*' x (86 - length $name), "/\n", $text;
}
print <<"TAIL";

#undef sqlite3_api
#if defined __clang__
#pragma clang diagnostic pop
#pragma STDC FP_CONTRACT DEFAULT
#elif defined __GNUC__
#pragma GCC diagnostic pop
#pragma GCC pop_options
#endif
TAIL
