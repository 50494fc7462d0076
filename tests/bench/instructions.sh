#!/bin/sh
# Counts instructions a row over the floor, by callgrind at $ROWS rows, and compares with the budget: a guard against getting
# slower that does not depend on the machine's mood. The floor is a no-op of the same arguments, so SQLite's own part is in
# both. Counts depend on the compiler: the budget is gcc 12's. BUDGET=write prints a new budget instead. The line "loading" is
# the instructions of one loading, of which SQLite's own are four fifths: 10 % more are allowed for other versions of it.
BUILD=${BUILD:-build} ROWS=${ROWS:-200000} JOBS=${JOBS:-2}
budget=$(dirname "$0")/budget.tsv query=$BUILD/tests/bench/query out=$BUILD/bench-instructions
skip() {
  echo "skipped: $1, so instructions were not counted"
  echo "0 passed, 0 failed"
  exit 0
}
command -v valgrind >/dev/null || skip "no valgrind"
case $(uname -m)-$(${CC:-cc} -dumpversion) in x86_64-12 | x86_64-12.*) ;; *) skip "not gcc 12 on x86-64" ;; esac
rm -rf "$out" && mkdir -p "$out" && "$query" "$BUILD" "$ROWS" || exit 1
export BUILD ROWS out query
loading=$(valgrind --tool=callgrind --toggle-collect=sqlite3_mlmetrics_init --callgrind-out-file="$out/loading.callgrind" \
  sqlite3 :memory: ".load $BUILD/mlmetrics" 2>&1 | sed -n 's/.*Collected : *//p')
# A line of the budget: what is selected, the budget, from what (preds), the floor (a no-op of the same arguments). The number of
# arguments is that of the commas outside of texts and inner parentheses, and one.
grep -v -e '^#' -e '^loading' "$budget" | awk -F '\t' -v OFS='\t' '{
  from = $3 ? $3 : "preds"
  args = $1; sub(/^[^(]*/, "", args)
  plain = substr(args, 2, length(args) - 2); gsub(/\047[^\047]*\047/, "", plain)
  while (sub(/\([^()]*\)/, "", plain)) {}
  floor = $4 ? $4 : "noop" split(plain, part, ",") args
  print "SELECT " $1 " FROM " from, ($4 ~ /^SELECT/ ? floor : "SELECT " floor " FROM " from), $2, $1, ($3 ? $3 : "-") ($4 ? OFS $4 : "") }' >"$out/wanted"
# One process a query, $JOBS at a time; the count goes to a file of the query's name.
cut -f 1,2 "$out/wanted" | tr '\t' '\n' | sort -u | tr '\n' '\0' | xargs -0 -P "$JOBS" -I '{}' sh -c '
  valgrind --tool=callgrind --callgrind-out-file="$out/$1.callgrind" "$query" "$BUILD" "$ROWS" "$1" \
    2>"$out/$1.log" || exit 1
  sed -n "s/.*Collected : *//p" "$out/$1.log" >"$out/$1"' sh '{}' || { tail -n 5 "$out"/*.log; exit 1; }
while IFS='	' read -r select floor most what rest; do
  echo "$what	$most	$(cat "$out/$select")	$(cat "$out/$floor")	$rest"
done <"$out/wanted" | awk -F '\t' -v OFS='\t' -v rows="$ROWS" -v write="$BUDGET" -v loading="${loading:-0}" -v most="$(sed -n 's/^loading	//p' "$budget")" '
  BEGIN {
    good = loading > 0 && loading <= most * 1.1
    if (write) print "loading", loading
    else printf "%-40s %d instructions, budget %d%s\n", "loading", loading, most, good ? "" : ": OVER"
    if (good) passed++; else failed++
  }
  { over = ($3 - $4) / rows; good = over <= $2 * 1.02 + 1 }
  write { print $1, sprintf("%.1f", over) ($5 == "-" ? "" : OFS $5) ($6 ? OFS $6 : ""); next }
  { printf "%-40s %7.1f instructions a row over the floor, budget %7.1f%s\n", $1, over, $2, good ? "" : ": OVER"
    if (good) passed++; else failed++ }
  END { if (!write) print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || NR == 0 }'
