#!/bin/sh
# Puts $2 small errors (0: every one there is) into ext/math, ext/state and ext/metrics, drawn with the seed $3, one at a time
# into a copy of the tree under $1, and runs the test programs that hold the changed code, quickest first, until one fails.
# $FILES narrows the files; $SLOWEST leaves out programs that take longer (seconds). A program is given ten times what it takes
# and five seconds more. Tables of numbers are left alone: each entry has its own check. Prints the survivors, and as its last line
# the counts.
work=${1:-build/mutation} n=${2:-300} seed=${3:-1}
jobs=${JOBS:-2} slowest=${SLOWEST:-100}
FILES=${FILES:-$(ls ext/math/*.[ch] ext/state/*.[ch] ext/metrics/*.[ch] | grep -v -e _table -e powers_of_ten)}
known=tests/measure/equivalent.tsv
set -e
rm -rf "$work" && mkdir -p "$work/1"
cc -std=c11 -O1 -o "$work/mutate" tests/measure/mutate.c
"$work/mutate" sample "$n" "$seed" $FILES >"$work/drawn.tsv"
# Those explained to be no errors: file, line as it is, line as it becomes, reason.
awk -F '\t' -v known="$known" -v explained="$work/explained.tsv" 'BEGIN { OFS = FS
    while ((getline line <known) > 0) { split(line, part, FS); reason[part[1], part[2], part[3]] = part[4] } }
  ($1, $4, $5) in reason { print $0, reason[$1, $4, $5] >explained; next }
  { print }' "$work/drawn.tsv" >"$work/sample.tsv"
touch "$work/explained.tsv"

cp -Rp Makefile README.md ext include sql tests "$work/1"
programs=$(cd "$work/1" && make -s --no-print-directory list-tests B=build)
(cd "$work/1" && make -s B=build all $programs >/dev/null)
# Milliseconds of processor time that each program takes; those that fail by themselves are left out.
for program in $programs; do
  if (cd "$work/1" && exec sh -c '"$1" >/dev/null 2>&1 || exit; times' sh "$program") >"$work/times"; then
    awk -v program="$program" 'NR == 2 { for (i = 1; i < 3; i++) { split($i, part, "[ms]"); used += 60000 * part[1] + 1000 * part[2] }
      print int(used), program }' "$work/times"
  else
    echo "$program fails without an error put in: left out" >&2
  fi
done | sort -n | awk -v slowest="$slowest" '$1 <= 1000 * slowest' >"$work/programs"
# What to run for a file: the programs that hold a function of an object made from it (by the dependencies the compiler wrote),
# or load the shared object.
(cd "$work/1" && for source in $FILES; do
  objects=$(grep -lE "(^| )$source( |\$)" build/*/*.d build/*/*/*.d 2>/dev/null | grep -v '^build/tests/' | sed 's/d$/o/')
  nm -g --defined-only $objects 2>/dev/null | awk 'NF == 3 { print " " $3 "$" }' | sort -u >held
  echo ' sqlite3_load_extension' >>held
  while read -r time program; do
    if nm "$program" | grep -q -f held; then echo "$source $((5 + 10 * time / 1000)) $program"; fi
  done <"$OLDPWD/$work/programs"
done) >"$work/plan"
for job in $(seq 2 "$jobs"); do cp -Rp "$work/1" "$work/$job"; done

# One worker's share: every mutant whose number is its own. The verdicts: killed by a program, survived, same code, no code.
work_on() {
  cd "$work/$1"
  cp -Rp build unchanged
  before=
  awk -v job="$1" -v jobs="$jobs" 'NR % jobs == job % jobs' "$here/$work/sample.tsv" |
    while IFS="$(printf '\t')" read -r source number line rest; do
      [ -z "$before" ] || [ "$before" = "$source" ] || cp "$here/$before" "$before"
      before=$source
      "$here/$work/mutate" apply "$here/$source" "$number" >mutated && cp mutated "$source"
      verdict=$(judge "$source" 2>/dev/null)
      printf '%s\t%s\t%s\t%s\t%s\n' "$verdict" "$source" "$number" "$line" "$rest"
    done
}
judge() {
  objects=$(grep -lE "(^| )$1( |\$)" build/*/*.d build/*/*/*.d 2>/dev/null | grep -v '^build/tests/' | sed 's/d$/o/')
  make -s B=build $objects >/dev/null 2>&1 || { echo 'no code'; return; }
  same=1
  for object in $objects; do cmp -s "$object" "unchanged/${object#build/}" || same=0; done
  if [ $same = 1 ]; then echo 'same code'; return; fi
  awk -v source="$1" '$1 == source { print $2, $3 }' "$here/$work/plan" | {
    while read -r limit program; do
      if ! make -s B=build build/mlmetrics.so "$program" >/dev/null 2>&1; then echo 'no code'; exit; fi
      if ! (ulimit -v 8000000 && ulimit -t "$limit" && MLMETRICS=build/mlmetrics exec "$program" >/dev/null 2>&1 </dev/null); then
        echo "killed by ${program##*/}"
        exit
      fi
    done
    echo survived
  }
}
here=$PWD
for job in $(seq 1 "$jobs"); do work_on "$job" >"$work/verdicts.$job" & done
wait
cat "$work"/verdicts.* | sort -t "$(printf '\t')" -k 2,2 -k 4,4n >"$work/verdicts.tsv"
awk -F '\t' '$1 == "survived" { printf "%s:%d:\n  - %s\n  + %s\n", $2, $4, $5, $6 }' "$work/verdicts.tsv"
awk -F '\t' '$1 ~ /^killed/ { by[$1]++ } END { for (b in by) print by[b], b }' "$work/verdicts.tsv" | sort -rn
awk -F '\t' -v explained="$(wc -l <"$work/explained.tsv")" '{ sub(/ by .*/, "", $1); count[$1]++ }
  END { killed = count["killed"]; survived = count["survived"]
    printf "%d mutants: %d killed, %d survived, %d explained to be no errors, %d with the same object code, %d that do not compile; killed %.1f %%\n",
      NR + explained, killed, survived, explained, count["same code"], count["no code"], 100 * killed / (killed + survived)
    exit killed < 0.95 * (killed + survived) }' "$work/verdicts.tsv"
