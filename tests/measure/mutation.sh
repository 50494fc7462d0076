#!/bin/sh
# Puts $2 small errors (0: every one there is) into ext/math, ext/state and ext/metrics, drawn with the seed $3, one at a time
# into a copy of the tree under $1, and runs the test programs that hold the changed code until one fails: first those that
# found most in the file so far for the time they take. $FILES narrows the files; $SLOWEST leaves out programs that take longer
# (seconds). A program is given six times what it takes and two seconds more; the laws are run over tables of $PROPERTY_ROWS rows.
# Tables of numbers are left alone: each entry has its own check. Prints the survivors, and as its last line the counts.
# A mutant is given up after $PATIENCE seconds of programs, which is quicker and tells less: such a one is no survivor yet.
# $LIST, a list as `mutate sample` prints it, stands for the draw. Where $1 holds the verdicts of a run that was cut short, it goes on.
work=${1:-build/mutation} n=${2:-300} seed=${3:-1}
jobs=${JOBS:-2} slowest=${SLOWEST:-100} patience=${PATIENCE:-1000000}
export PROPERTY_ROWS="${PROPERTY_ROWS:-20}"
FILES=${FILES:-$(ls ext/math/*.[ch] ext/state/*.[ch] ext/metrics/*.[ch] | grep -v -e _table -e powers_of_ten)}
known=tests/measure/equivalent.tsv
set -e
mkdir -p "$work" && work=$(cd "$work" && pwd)
cc -std=c11 -O1 -o "$work/mutate" tests/measure/mutate.c
if [ "$LIST" ]; then cp "$LIST" "$work/drawn.tsv"; else "$work/mutate" sample "$n" "$seed" $FILES >"$work/drawn.tsv"; fi
FILES=$(cut -f 1 "$work/drawn.tsv" | sort -u)
# Those explained to be no errors: file, line as it is, line as it becomes, reason.
awk -F '\t' -v known="$known" -v explained="$work/explained.tsv" 'BEGIN { OFS = FS
    printf "" >explained
    while ((getline line <known) > 0) { split(line, part, FS); reason[part[1], part[2], part[3]] = part[4] } }
  ($1, $4, $5) in reason { print $0, reason[$1, $4, $5] >explained; next }
  { print }' "$work/drawn.tsv" >"$work/sample.tsv"

make_ready() {
  rm -rf "$work"/[0-9]* && mkdir "$work/1"
  cp -Rp Makefile README.md ext include sql tests "$work/1"
  programs=$(cd "$work/1" && make -s --no-print-directory list-tests B=build)
  (cd "$work/1" && make -s B=build all $programs >/dev/null)
  # Milliseconds of processor time that each program takes; those that fail by themselves are left out.
  for program in $programs; do
    if (cd "$work/1" && MLMETRICS=build/mlmetrics exec sh -c '"$1" >/dev/null 2>&1 || exit; times' sh "$program") >"$work/times"; then
      awk -v program="$program" 'NR == 2 { for (i = 1; i < 3; i++) { split($i, part, "[ms]"); used += 60000 * part[1] + 1000 * part[2] }
        print int(used), program }' "$work/times"
    else
      echo "$program fails without an error put in: left out" >&2
    fi
  done | sort -n | awk -v slowest="$slowest" '$1 <= 1000 * slowest' >"$work/programs"
  # What to run for a file: the programs that hold a function of an object made from it (by the dependencies the compiler wrote),
  # or load the shared object. And how its objects and the programs are made, without asking make each time.
  (cd "$work/1" && mkdir how && for source in $FILES; do
    name=how/$(echo "$source" | tr / .)
    grep -lE "(^| )$source( |\$)" build/*/*.d build/*/*/*.d 2>/dev/null | grep -v '^build/tests/' | sed 's/d$/o/' >"$name.objects"
    make -n -B B=build $(cat "$name.objects") | sed -n 's/^echo making [^&]*&& \(.* -c .*\)/\1 || exit 1/; s| -W[^ ]*||g; s| -MMD -MP||p' >"$name"
    nm -g --defined-only $(cat "$name.objects") 2>/dev/null | awk 'NF == 3 { print " " $3 "$" }' | sort -u >held
    while read -r time program; do
      loads=-
      ! nm "$program" | grep -q ' sqlite3_load_extension' || loads=loads
      if [ $loads = loads ] || nm "$program" | grep -q -f held; then echo "$source $time $program $loads"; fi
    done <"$work/programs"
  done >plan
  while read -r time program; do
    make -n -B B=build "$program" | sed -n "s,^echo making $program && ,,p" >how/"${program##*/}"
  done <"$work/programs"
  make -n -B B=build build/mlmetrics.so | sed -n 's,^echo making build/mlmetrics.so && ,,p' >how/load
  cp -Rp build unchanged && echo "$FILES" >ready)
}
# Ready for these files: another draw may ask for others.
if [ "$(cat "$work/1/ready" 2>/dev/null)" != "$FILES" ]; then make_ready; fi
for job in $(seq 2 "$jobs"); do [ -d "$work/$job" ] || cp -Rp "$work/1" "$work/$job"; done

# One worker's share: every mutant whose number is its own. The verdicts: killed by a program, survived, same code, no code.
work_on() {
  cd "$work/$1"
  verdicts=../verdicts.$1
  touch "$verdicts" found
  rm -rf build && cp -Rp unchanged build && cp -p "$here"/ext/math/* ext/math && cp -p "$here"/ext/state/* ext/state && cp -p "$here"/ext/metrics/* ext/metrics
  before=
  awk -v job="$1" -v jobs="$jobs" 'NR % jobs == job % jobs' ../sample.tsv |
    while IFS="$(printf '\t')" read -r source number line rest; do
      ! grep -q "	$source	$number	" "$verdicts" || continue
      [ -z "$before" ] || [ "$before" = "$source" ] || restore "$before"
      before=$source
      ../mutate apply "$here/$source" "$number" >mutated && cp mutated "$source"
      verdict=$(judge "$source" 2>/dev/null)
      printf '%s\t%s\t%s\t%s\t%s\n' "$verdict" "$source" "$number" "$line" "$rest" >>"$verdicts"
    done
}
restore() {
  cp "$here/$1" "$1"
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
  loaded=
  # Programs by what they found in this file for each second they ran (a quarter more, to be linked). What one found in all
  # files stands for three mutants of this one; to begin with, those that link the file itself come first.
  awk -v source="$1" 'FILENAME == "found" { all[$2]++; hit[$2] += $3; if ($1 == source) { ran[$2]++; found[$2] += $3 } next }
    $1 == source { usual = (hit[$3] + ($4 == "-" ? 1 : 0.25)) / (all[$3] + 3)
      print (found[$3] + 3 * usual) / (ran[$3] + 3) / ($2 + 250), int(2 + 6 * $2 / 1000), $3, $4, $2 }' found plan |
    sort -k 1,1gr | awk -v left="$patience" '(spent += $5 / 1000) <= left || NR == 1' >order
  while read -r worth limit program loads time; do
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
  echo survived
}
here=$PWD
for job in $(seq 1 "$jobs"); do work_on "$job" & done
wait
cat "$work"/verdicts.[0-9]* | sort -t "$(printf '\t')" -k 2,2 -k 4,4n >"$work/verdicts.tsv"
awk -F '\t' '$1 == "survived" { printf "%s:%d:\n  - %s\n  + %s\n", $2, $4, $5, $6 }' "$work/verdicts.tsv"
awk -F '\t' '$1 ~ /^killed/ { by[$1]++ } END { for (b in by) print by[b], b }' "$work/verdicts.tsv" | sort -rn
awk -F '\t' -v explained="$(wc -l <"$work/explained.tsv")" '{ sub(/ by .*/, "", $1); count[$1]++ }
  END { killed = count["killed"]; survived = count["survived"]
    printf "%d mutants: %d killed, %d survived, %d explained to be no errors, %d with the same object code, %d that do not compile; killed %.1f %%\n",
      NR + explained, killed, survived, explained, count["same code"], count["no code"], 100 * killed / (killed + survived)
    exit killed < 0.95 * (killed + survived) }' "$work/verdicts.tsv"
