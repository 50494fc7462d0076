#!/bin/sh
# Builds the amalgamation as its head says, with no other flag, and as a part of programs; compares what it exports and computes with the
# separate files. Where an amalgamation of SQLite lies in the build folder (make dist, cpus and hosts fetch some) both are compiled as one.
BUILD=${BUILD:-build}
CC=${CC:-cc}
work=$BUILD/amalgamation
mkdir -p "$work"
n_passed=0 n_failed=0
passed() { n_passed=$((n_passed + 1)); }
failed() { n_failed=$((n_failed + 1)); printf '%s\n' "$1"; }
empty() { if [ -z "$2" ]; then passed; else failed "$1:
$2"; fi; }
# Adds the counts in the last line that a program prints.
counted() {
  end=$("$@" 2>&1 | tee "$work/log" | tail -n 1)
  case $end in
    *[0-9]" passed, 0 failed") n_passed=$((n_passed + ${end%% *})) ;;
    *) failed "$*:
$(tail -n 20 "$work/log")" ;;
  esac
}
compile() { # NAME FLAGS... SOURCE: an object file, or a library where the flags say so; warnings are failures
  name=$1
  shift
  rm -f "$work/$name"
  empty "warnings in $*" "$($CC -Wall -Wextra "$@" -o "$work/$name" 2>&1 | head -n 20; [ -f "$work/$name" ] || echo "cannot be compiled")"
}

compile mlmetrics.so -O2 -fPIC -shared "$BUILD/mlmetrics.c"
if [ "$(uname -s)" = Linux ]; then
  # The sanitizers that a test program brings along are none of ours.
  empty 'exported beside the entry points' "$(nm -D --defined-only "$work/mlmetrics.so" | awk '{ print $3 }' |
    grep -vxE 'sqlite3_(mod)?mlmetrics_init')"
fi
counted env MLMETRICS="$work/mlmetrics" "$BUILD/tests/doctest"
# One unit has the sizes of the separate files, not those that tests make small.
$CC -E -P "$BUILD/mlmetrics.c" >"$work/preprocessed"
empty 'sizes of tests' "$(grep -E 'MLM_ROWS_POLL = 32|SORTED_KEYS = 96' "$work/preprocessed" || grep -q 'SORTED_KEYS = 1 << 14' "$work/preprocessed" || echo none)"

# Compiled for this processor and optimised as far as it goes: nothing may be fused, and the digests stay.
native=
if echo | $CC -march=native -E - >/dev/null 2>&1; then native=-march=native; fi
compile mlmetrics.o -O3 $native -DSQLITE_CORE -c "$BUILD/mlmetrics.c"
# shellcheck disable=SC2086
if $CC $CFLAGS $LDFLAGS -o "$work/golden" "$BUILD/tests/golden.o" "$work/mlmetrics.o" "$BUILD/tests/shared.a" $SQLITE -lpthread -ldl -lm; then
  counted "$work/golden"
else
  failed 'the golden digests cannot be linked with the amalgamation'
fi

# Processors with half precision: gcc gives FLT_EVAL_METHOD another value for them.
for half in -mavx512fp16 -march=armv8.2-a+fp16; do
  # shellcheck disable=SC2086
  if echo | $CC $half -E - >/dev/null 2>&1; then compile half.o -O0 $half -DSQLITE_CORE -c "$BUILD/mlmetrics.c"; fi
done

# Names that would meet are an error.
mkdir -p "$work/folder"
echo 'static int f(void) { return 0; } int a_f, folder_a_f;' >"$work/folder/a.c"
if perl ext/packages/amalgamation/amalgamate.pl -I ext "$work/folder/a.c" >"$work/log" 2>&1; then
  failed 'names that meet were not found'
else
  empty 'names that meet' "$(grep -v 'f cannot be renamed: a_f and folder_a_f are taken' "$work/log")"
fi

for sqlite in "$BUILD"/sqlite "$BUILD"/hosts/3.5*; do
  [ -f "$sqlite/sqlite3.c" ] || continue
  printf '#include "sqlite3.c"\n#include "mlmetrics.c"\n' >"$work/both.c"
  if $CC -O1 -w -DSQLITE_CORE -DSQLITE_ENABLE_MATH_FUNCTIONS -I"$sqlite" -I"$BUILD" -c -o "$work/both.o" "$work/both.c" &&
    $CC $CFLAGS $LDFLAGS -o "$work/doctest" "$BUILD/tests/doctest.o" "$work/both.o" "$BUILD/tests/shared.a" -lpthread -ldl -lm; then
    counted env MLMETRICS=linked "$work/doctest"
  else
    failed "does not compile behind $sqlite/sqlite3.c"
  fi
  break
done
echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ]
