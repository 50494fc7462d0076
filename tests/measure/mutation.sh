#!/bin/sh
# Puts small errors into the files of ext/ that $2… name (folders or files; none: all), and runs test programs until one finds them.
# Works under $1. What became of each is remembered in tests/measure/mutants.tsv by function and content, so that a run takes up
# what no run has had yet, and what has changed since.
#
# All mutants of the functions are compiled and linked at once (schemata.c); a program runs the one that its environment names
# (chosen_mutant.c). Mutants outside functions, in constants and tables, are compiled one at a time, after all others.
# Programs are run in parts where they can be: a page, a table of references, a function at a time. Which statements a part reaches
# is noted once; a mutant is run by those parts alone that reach its statement, first by those that found most for their time.
#
# $SECONDS_LEFT ends a run after so many seconds; $N takes that many mutants at random, drawn with $SEED, instead of all in their
# order; $PATIENCE gives a mutant up after so many seconds of programs, to be taken up again by a run without it, or with more of it
# and AGAIN=1. $SLOWEST leaves out parts that take longer (seconds), and whole programs that take five times as long (run_mutants.c).
# Properties are tested over tables of $PROPERTY_ROWS rows. Tables of numbers are left alone: each entry has its own check.
#
# Where $1 holds the verdicts of a run that was cut short they are remembered first. Prints the survivors of this run, then what is
# remembered in all; ends with status 0 if that is at least 99 % killed.
work=${1:-build/mutation}
[ $# = 0 ] || shift
jobs=${JOBS:-2} patience=${PATIENCE:-1000000} until=$(($(date +%s) + ${SECONDS_LEFT:-1000000000}))
whole=$((${patience%.*} + 0))
slowest=${SLOWEST:-$((whole < 1 ? 1 : whole < 100 ? whole : 100))}
export PROPERTY_ROWS="${PROPERTY_ROWS:-20}" MLMETRICS=build/mlmetrics LC_ALL=C PATIENCE="$patience" UNTIL="$until"
here=$PWD memory=$PWD/tests/measure/mutants.tsv known=$PWD/tests/measure/equivalent.tsv parts=$PWD/tests/measure
set -e
mkdir -p "$work" && work=$(cd "$work" && pwd)

sources() {
  [ $# -gt 0 ] || set -- ext/math ext/state ext/metrics ext/base ext/charts ext
  for part; do if [ -d "$part" ]; then ls "$part"/*.[ch]; else echo "$part"; fi; done | grep -v -e "math/.*_table" -e columns_table -e powers_of_ten
}
# Every mutant of all files, as `mutate list` prints it, with its number in front.
list_all() {
  (cd "$work/source" && "$work/mutate" list $(sources)) >"$work/list"
  awk -F '\t' '{ print $NF FS $0 }' "$work/list" | sed 's/	[0-9]*$//'
}
# Adds verdicts to the memory, and drops functions that are no longer there. A verdict stands in front of what is listed.
remember() {
  cat "$work"/verdicts.[0-9a-z]* 2>/dev/null >"$work/verdicts" || true
  cut -f 2- "$work/all.tsv" >"$work/listed.tsv"
  touch "$memory"
  awk -v known="$known" -v memory="$memory" -f "$parts/remember.awk" "$work/listed.tsv" "$work/verdicts" | sort >"$work/mutants.tsv"
  cp "$work/mutants.tsv" "$memory"
}
with_letter() { awk -v memory="$memory" -v letters="$1" -f "$parts/letters.awk" "$work/all.tsv"; }
# Brings the folder $2 to what $1 is; what is equal keeps its time, so that make leaves it.
update() {
  (cd "$1" && find . -type f) | while read -r file; do
    cmp -s "$1/$file" "$2/$file" || { mkdir -p "$2/$(dirname "$file")" && cp "$1/$file" "$2/$file"; }
  done
  (cd "$2" && find . -type f) | while read -r file; do [ -e "$1/$file" ] || rm "$2/$file"; done
}
copy_tree() {
  mkdir -p "$1"
  cp -p Makefile README.md "$1"
  for part in include sql tests; do update $part "$1/$part"; done
}
# The same flags for every tree: objects that can be compared, and a failure that is printed at once.
flags='-O1 -DMLM_ALWAYS_INLINE=inline -ffunction-sections -fno-jump-tables' warnings=-Werror=implicit-function-declaration
run_make() {
  make -s --no-print-directory CC="${CC:-cc}" BUILD=build WARNINGS="$warnings" CFLAGS="$flags" LDFLAGS="$work/chosen_mutant.o" "$@"
}

# The tree with all mutants of the files, compiled: what does not compile is left out and tried again without.
make_schemata() {
  copy_tree "$work/tree"
  with_letter - | cut -f 1 | sed 's/^/mutant /' >"$work/left_out"
  : >"$work/verdicts.none"
  while :; do
    rm -rf "$work/new" && mkdir "$work/new" && cp -Rp "$work/source/ext" "$work/new"
    (cd "$work/source" && "$work/mutate" schemata "$work/new" "$work/left_out" $(sources | awk -v files="$FILES" 'BEGIN {
      n = split(files, file, "[ \n]"); while (n) in_part[file[n--]] } { print ($1 in in_part ? "" : "=") $1 }'))
    update "$work/new/ext" "$work/tree/ext"
    (cd "$work/tree" && run_make -k -j "$jobs" all $(run_make list-tests)) >"$work/made" 2>&1 && break
    grep -oE '^(mutant|noted) [0-9]+:.*error' "$work/made" | sed 's/:.*//' | sort -u >"$work/fails"
    sort -u "$work/left_out" "$work/fails" | cmp -s - "$work/left_out" && { tail "$work/made" >&2; exit 2; }
    awk 'FNR == NR { if ($1 == "mutant") fails[$2]; next } $1 in fails' "$work/fails" FS='\t' "$work/all.tsv" |
      cut -f 2- | sed 's/^/no code	/' >>"$work/verdicts.none"
    sort -u -o "$work/left_out" "$work/left_out" "$work/fails"
  done
}
# Verdicts on mutants with the same object code. The other functions of an object are of no use.
find_same() {
  find "$work/tree/build" -name '*.o' ! -path '*/tests/*' | xargs objdump -dr | awk -f "$parts/same_code.awk" >"$work/same"
  awk 'FNR == NR { same[$1]; next } $1 in same' "$work/same" FS='\t' "$work/all.tsv" | cut -f 2- | sed 's/^/same code	/' >"$work/verdicts.same"
}
# The programs and their parts.
list_units() {
  functions=$(sqlite3 :memory: '.load build/mlmetrics' "SELECT DISTINCT name FROM mlmetrics_functions WHERE kind <> 'table' ORDER BY 1")
  for program in $(run_make list-tests); do
    case $program in
      */oracle) printf "$program %s\n" tests/oracle/*.tsv ;;
      */properties | */state_corruption) printf "$program %s\n" $functions ;;
      */packed) printf "$program %s\n" $functions && echo "$program" ;;
      */doctest) printf "$program %s\n" sql/*.sql tests/reports.sql README.md && echo "$program" ;;
      *) echo "$program" ;;
    esac
  done
}
# One process for each job, whose output goes to $1. A program may write into the folder that BUILD says.
each_job() {
  name=$1 children=
  shift
  for job in $(seq 1 "$jobs"); do
    mkdir -p "$work/scratch.$job/tests"
    JOB=$job JOBS=$jobs BUILD=$work/scratch.$job "$work/run_mutants" "$@" >"$work/$name.$job" &
    children="$children $!"
  done
  for child in $children; do wait "$child"; done
}
note_all() {
  cd "$work/tree"
  list_units >"$work/units"
  mkdir -p "$work/notes"
  each_job noted note "$work/units" "$work/notes" "$slowest" 2>"$work/not_timed"
  # Without PATIENCE, parts over the limit are dropped; with it, their mutants count as passed.
  cat "$work"/noted.[0-9]* | if [ "$whole" -lt 1000000 ]; then cat; else sed '/^-/d'; fi >"$work/timed"
  cd "$here"
}

# The mutants that this run takes: those of the files without a verdict, and with $AGAIN or without $PATIENCE those that an earlier
# run gave up.
draw() {
  letters=.
  [ "$whole" -lt 1000000 ] && [ "${AGAIN:-0}" != 1 ] || letters=.p
  with_letter $letters | awk -v files="$FILES" -v n="${N:-0}" -v seed="${SEED:-1}" -f "$parts/draw.awk" >"$work/drawn.tsv"
  awk -F '\t' '$11 > 0' "$work/drawn.tsv" >"$work/sample.tsv"
  awk -F '\t' '$11 == 0' "$work/drawn.tsv" >"$work/outside.tsv"
}
run_sample() {
  cd "$work/tree"
  each_job verdicts run "$work/timed" "$work/notes" "$work/sample.tsv"
  cd "$here"
}
# The tree as it is, one for each job, in which each mutant outside functions is compiled for itself: `put FILE NUMBER` ends with
# status 1 if it does not compile and 3 if the library and the archive are the same; `put PROGRAM` makes a program of it.
run_outside() {
  [ -s "$work/outside.tsv" ] || return 0
  [ "$(date +%s)" -lt "$until" ] || return 0
  cat >"$work/put" <<END
make() {
  command make -s --no-print-directory CC="${CC:-cc}" BUILD=build WARNINGS="$warnings" CFLAGS="$flags" LDFLAGS="$work/chosen_mutant.o" "\$@" >/dev/null 2>&1
}
if [ \$# = 1 ]; then make \$1; exit; fi
[ ! -s last ] || [ "\$(cat last)" = "\$1" ] || cp "$work/source/\$(cat last)" "\$(cat last)"
echo "\$1" >last
"$work/mutate" apply "$work/source/\$1" \$2 >"\$1"
make all || exit 1
! cmp -s build/mlmetrics.so unchanged/mlmetrics.so || ! cmp -s build/libmlmetrics.a unchanged/libmlmetrics.a || exit 3
END
  children=
  for job in $(seq "$jobs"); do
    copy_tree "$work/plain.$job"
    update "$work/source/ext" "$work/plain.$job/ext"
    cd "$work/plain.$job"
    run_make -j "$jobs" all
    mkdir -p unchanged && cp build/mlmetrics.so build/libmlmetrics.a unchanged
    JOB=$job JOBS=$jobs BUILD=$work/scratch.$job PUT="sh $work/put" "$work/run_mutants" run "$work/timed" "$work/notes" "$work/outside.tsv" \
      >"$work/verdicts.outside.$job" &
    children="$children $!"
    cd "$here"
  done
  for child in $children; do wait "$child"; done
}

cc -std=c11 -O1 -o "$work/mutate" tests/measure/mutate.c tests/measure/tokens.c tests/measure/statements.c tests/measure/schemata.c
cc -std=c11 -O1 -D_DEFAULT_SOURCE -o "$work/run_mutants" tests/measure/run_mutants.c
cc -std=c11 -O1 -D_DEFAULT_SOURCE -fPIC -fvisibility=hidden -c -o "$work/chosen_mutant.o" tests/measure/chosen_mutant.c
FILES=$(sources "$@")
mkdir -p "$work/source"
update ext "$work/source/ext"
list_all >"$work/all.tsv"
remember
rm -f "$work"/verdicts.*
make_schemata
find_same
remember
draw
if [ -s "$work/drawn.tsv" ]; then
  note_all
  run_sample
  run_outside
  remember
fi
awk -F '\t' '$1 == "survived" || $1 == "passed" { printf "%s:%d: %s\n  - %s\n  + %s\n", $2, $4, $1, $5, $6 }' "$work/verdicts"
awk -F '\t' '$1 ~ /^killed/ { by[$1]++ } END { for (b in by) print by[b], b }' "$work/verdicts" | sort -rn | head -40
rm -f "$work"/verdicts.*
awk -f tests/measure/remembered.awk "$memory" "$work/listed.tsv"
