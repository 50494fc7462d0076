#!/bin/sh
# Puts small errors into the files of ext/ that $2… name (folders or files; none: all), one at a time into a copy of the tree under $1,
# and runs the test programs that hold the changed code until one fails: first those that found most in the file so far for the
# time they take. What became of each is remembered in tests/measure/mutants.tsv by function and content, so that a run takes up
# what no run has had yet, and what has changed since.
#
# $SECONDS_LEFT ends a run after so many seconds; $N takes that many mutants at random, drawn with $SEED, instead of all in their
# order; $PATIENCE gives a mutant up after so many seconds of programs, to be taken up again by a run with more. $SLOWEST leaves out
# programs that take longer (seconds). A program is given six times what it takes and two seconds more; properties are tested over
# tables of $PROPERTY_ROWS rows. Tables of numbers are left alone: each entry has its own check.
#
# Where $1 holds the verdicts of a run that was cut short they are remembered first. Prints the survivors of this run, then what is
# remembered in all; ends with status 0 if that is at least 99 % killed.
work=${1:-build/mutation}
[ $# = 0 ] || shift
jobs=${JOBS:-2} slowest=${SLOWEST:-100} patience=${PATIENCE:-1000000} until=$(($(date +%s) + ${SECONDS_LEFT:-1000000000}))
export PROPERTY_ROWS="${PROPERTY_ROWS:-20}"
here=$PWD memory=$PWD/tests/measure/mutants.tsv known=$PWD/tests/measure/equivalent.tsv
set -e
mkdir -p "$work" && work=$(cd "$work" && pwd)

sources() {
  [ $# -gt 0 ] || set -- ext ext/base ext/math ext/state ext/metrics ext/charts
  for part; do if [ -d "$part" ]; then ls "$part"/*.[ch]; else echo "$part"; fi; done | grep -v -e _table -e powers_of_ten
}
# Every mutant of the files, as `mutate list` prints it.
list_all() { (cd "$work/source" && "$work/mutate" list $(sources "$@")); }
# Adds what became of the mutants of the last run to the memory, and drops functions that are no longer there.
remember() {
  cat "$work"/verdicts.[0-9]* 2>/dev/null >"$work/verdicts.tsv" || true
  list_all >"$work/all.tsv"
  touch "$memory"
  LC_ALL=C awk -v known="$known" -v memory="$memory" -f "$here/tests/measure/remember.awk" "$work/all.tsv" "$work/verdicts.tsv" |
    LC_ALL=C sort >"$work/mutants.tsv"
  cp "$work/mutants.tsv" "$memory"
}

# The tree as it is now, built, and how long each program takes; those that fail by themselves are left out.
make_ready() {
  mkdir -p "$work/1"
  cd "$work/1"
  rm -rf build ext tests sql include how
  [ ! -d unchanged ] || cp -Rp unchanged build
  for part in Makefile README.md ext include sql tests; do cp -Rp "$here/$part" .; done
  programs=$(make -s --no-print-directory list-tests BUILD=build)
  make -s -j "$jobs" BUILD=build all $programs >/dev/null
  rm -rf unchanged "$work/source"
  cp -Rp build unchanged
  mkdir "$work/source" && cp -Rp ext "$work/source"
  for program in $programs; do
    grep -q " $program\$" "$work/programs" 2>/dev/null && continue
    if (MLMETRICS=build/mlmetrics exec sh -c '"$1" >/dev/null 2>&1 || exit; times' sh "$program") >"$work/times"; then
      # Milliseconds of processor time.
      awk -v program="$program" 'NR == 2 { for (i = 1; i < 3; i++) { split($i, part, "[ms]"); used += 60000 * part[1] + 1000 * part[2] }
        print int(used), program }' "$work/times" >>"$work/programs"
    else
      echo "$program fails without an error put in: left out" >&2
    fi
  done
  sort -n "$work/programs" | awk -v slowest="$slowest" '$1 <= 1000 * slowest' >"$work/timed"
  mkdir how
  while read -r time program; do
    make -n -B V=1 BUILD=build "$program" | grep -F -- " -o $program " >how/"${program##*/}"
  done <"$work/timed"
  make -n -B V=1 BUILD=build build/mlmetrics.so | grep -F -- ' -o build/mlmetrics.so ' >how/load
  for source in $FILES; do plan "$source"; done >plan
  cd "$here"
}
# What to run for a file: the programs that hold a function of an object made from it (by the dependencies the compiler wrote), or
# load the shared object. And how its objects are made, without asking make each time.
plan() {
  name=how/$(echo "$1" | tr / .)
  grep -lE "(^| )$1( |\$)" build/*/*.d build/*/*/*.d 2>/dev/null | grep -v '^build/tests/' | sed 's/d$/o/' >"$name.objects"
  [ -s "$name.objects" ] || return 0
  make -n -B V=1 BUILD=build $(cat "$name.objects") | sed -n 's| -W[^ ]*||g; s| -MMD -MP||; s/^.* -c -o .*/& || exit 1/p' >"$name"
  nm -g --defined-only $(cat "$name.objects") 2>/dev/null | awk 'NF == 3 { print " " $3 "$" }' | sort -u >held
  while read -r time program; do
    loads=-
    ! nm "$program" | grep -q ' sqlite3_load_extension' || loads=loads
    if [ $loads = loads ] || nm "$program" | grep -q -f held; then echo "$1 $time $program $loads"; fi
  done <"$work/timed"
}

# One worker's share: every mutant whose number is its own. The verdicts: killed by a program, survived, passed (as many programs
# as there was patience for), same code, no code.
work_on() {
  cd "$work/$1"
  touch found
  rm -rf build ext && cp -Rp unchanged build && cp -Rp ../source/ext .
  before=
  awk -v job="$1" -v jobs="$jobs" 'NR % jobs == job % jobs' ../sample.tsv |
    while IFS="$(printf '\t')" read -r source number line rest; do
      [ "$(date +%s)" -lt "$until" ] || break
      [ -z "$before" ] || [ "$before" = "$source" ] || restore "$before"
      before=$source
      ../mutate apply "../source/$source" "$number" >mutated && cp mutated "$source"
      verdict=$(judge "$source" 2>/dev/null)
      printf '%s\t%s\t%s\t%s\t%s\n' "$verdict" "$source" "$number" "$line" "$rest" >>"../verdicts.$1"
    done
}
restore() {
  cp "../source/$1" "$1"
  for object in $(cat how/"$(echo "$1" | tr / .)".objects); do cp -p "unchanged/${object#build/}" "$object"; done
  cp -p unchanged/libmlmetrics.a build/
}
judge() {
  name=how/$(echo "$1" | tr / .)
  sh "$name" >/dev/null 2>&1 || { echo 'no code'; return; }
  same=1
  for object in $(cat "$name.objects"); do cmp -s "$object" "unchanged/${object#build/}" || same=0; done
  if [ $same = 1 ]; then echo 'same code'; return; fi
  ar r build/libmlmetrics.a $(grep -v -e build/load -e build/small "$name.objects") >/dev/null
  loaded= spent=0 end=survived
  # Programs by what they found in this file for each second they ran (a quarter more, to be linked). What one found in all
  # files stands for three mutants of this one; to begin with, those that link the file itself come first.
  awk -v source="$1" 'FILENAME == "found" { all[$2]++; hit[$2] += $3; if ($1 == source) { ran[$2]++; found[$2] += $3 } next }
    $1 == source { usual = (hit[$3] + ($4 == "-" ? 1 : 0.25)) / (all[$3] + 3)
      print (found[$3] + 3 * usual) / (ran[$3] + 3) / ($2 + 250), int(2 + 6 * $2 / 1000), $3, $4, $2 }' found plan |
    sort -k 1,1gr >order
  while read -r worth limit program loads time; do
    if [ $((spent + time)) -gt $((1000 * patience)) ] && [ $spent -gt 0 ]; then end=passed; continue; fi
    spent=$((spent + time))
    if [ "$loads$loaded" = loads ]; then loaded=1 && sh how/load || { echo 'no code'; return; }; fi
    sh how/"${program##*/}" || { echo 'no code'; return; }
    # Once it has printed a failure nobody listens to it: it dies of the next.
    rm -f passed
    (ulimit -v 8000000 && ulimit -t "$limit" && MLMETRICS=build/mlmetrics timeout 300 stdbuf -oL "$program" 2>&1 </dev/null &&
      touch passed) | awk '!/^skipped: | left out$| passed, / { exit }'
    if [ ! -e passed ]; then
      echo "$1 $program 1" >>found
      echo "killed by ${program##*/}"
      return
    fi
    echo "$1 $program 0" >>found
  done <order
  echo $end
}

cc -std=c11 -O1 -o "$work/mutate" tests/measure/mutate.c
if [ -d "$work/source" ]; then remember; fi
rm -f "$work"/verdicts.[0-9]*
FILES=$(sources "$@")
make_ready
remember
# Those without a verdict, or without patience in an earlier run.
list_all "$@" | awk -F '\t' -v memory="$memory" -v patience="$patience" 'BEGIN {
    while ((getline line <memory) > 0) { split(line, part, FS); verdicts[part[1], part[2], part[3]] = part[4] } }
  { verdict = substr(verdicts[$1, $6, $7], $8, 1) }
  verdict == "" || verdict == "." || (verdict == "p" && patience == 1000000)' >"$work/open.tsv"
awk -v n="${N:-0}" -v seed="${SEED:-1}" 'BEGIN { srand(seed) } { line[NR] = $0 }
  END { for (i = 1; i <= NR && (n == 0 || n > 0 && !done); i++)
    if (n == 0) print line[i]; else if (rand() * (NR - i + 1) < n - taken) { print line[i]; done = ++taken == n } }' \
  "$work/open.tsv" >"$work/sample.tsv"
for job in $(seq 2 "$jobs"); do rm -rf "${work:?}/$job" && cp -Rp "$work/1" "$work/$job"; done
for job in $(seq 1 "$jobs"); do work_on "$job" & done
wait
remember
rm -f "$work"/verdicts.[0-9]*
awk -F '\t' '$1 == "survived" || $1 == "passed" { printf "%s:%d: %s\n  - %s\n  + %s\n", $2, $4, $1, $5, $6 }' "$work/verdicts.tsv"
awk -F '\t' '$1 ~ /^killed/ { by[$1]++ } END { for (b in by) print by[b], b }' "$work/verdicts.tsv" | sort -rn
awk -f tests/measure/remembered.awk "$memory" "$work/all.tsv"
