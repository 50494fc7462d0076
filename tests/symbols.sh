#!/bin/sh
# Checks the names that leave the products, which folder includes what, that no file is too long or left unexplained, and that `make help`
# lists every target. Each check is a function that prints what is wrong; before it is believed it must find the fault in a control, a
# library or a file with that one fault.
BUILD=${BUILD:-build}
CC=${CC:-cc}
n_passed=0 n_failed=0
passed() { n_passed=$((n_passed + 1)); }
failed() { n_failed=$((n_failed + 1)); printf '%s\n' "$1"; }
# Expects that the text given is empty; that it is not.
empty() { if [ -z "$2" ]; then passed; else failed "$1:
$2"; fi; }
found() { if [ -n "$2" ]; then passed; else failed "a control passed: $1"; fi; }
# check NAME CHECK CONTROL FILE...: the control must not pass, the files must.
check() {
  name=$1 does=$2 control=$3
  shift 3
  found "$name" "$($does "$control")"
  empty "$name" "$($does "$@")"
}

# SQLite derives an entry point's name from the file's: these are for mlmetrics and mod_mlmetrics (libmlmetrics is the first).
entries='sqlite3_mlmetrics_init
sqlite3_modmlmetrics_init'
# gcov and the sanitizers export names of their own.
exported() { nm -D --defined-only "$1" | awk '{print $3}' | grep -vE '^(__gcov_|__asan_|__odr_asan|mangle_path)' | sort; }
odd_exports() { [ "$(exported "$1")" = "$entries" ] || { echo "exported by $1:"; exported "$1"; }; }
needed() { nm -D --undefined-only "$1" | awk '{print $2}' | sed 's/@.*//'; }
wants_sqlite() { needed "$1" | grep '^sqlite3'; }
# Memory and strings (clang makes bcmp of a memcmp for equality); sqrt, which IEEE 754 rounds and compilers inline; what compilers and
# sanitizers bring along. So no libm, and no allocator, sort, printer, clock or locale past the host. (gcov's own library is linked in
# and calls many.)
allowed='mem(cpy|move|set|cmp|chr)|bcmp|str(len|cmp|ncmp|chr|str)|sqrt|__(mem|str)[a-z]+_chk|__stack_chk_(fail|guard)'
brought='_ITM_.*|__gmon_start__|__cxa_finalize|__(asan|ubsan|tsan|msan|lsan|sanitizer)_.*'
# libgcc's arithmetic that traps, linked in by -ftrapv, ends in abort.
traps() { nm "$1" | grep -qE ' t __(add|sub|mul|neg)v[sd]i[23]$'; }
odd_calls() { nm "$1" | grep -q __gcov_ || needed "$1" | grep -vxE "$allowed|$brought$(traps "$1" && echo '|abort')"; }
unresolved() { ldd -r "$1" 2>&1 | grep -i undefined | grep -v __asan; }
may_be_unloaded() { readelf -d "$1" | grep -q NODELETE || echo 'no NODELETE flag'; }
stray_globals() {
  nm -g --defined-only "$1" | awk 'NF == 3 {print $3}' | sed 's/^_//' |
    grep -vE '^(mlm_|sqlite3_[a-z]*mlmetrics_)|^_*gcov|^_?_(odr_)?asan'
}
impure() {
  grep -nE 'sqlite3|<(stdio|stdlib|locale|time|assert)\.h>|(^|[^>.a-z_])(malloc|calloc|realloc|free|qsort|strtod|v?s?n?printf)\(' "$@"
}
upward_from_metrics() { grep -n '#include' "$@" | grep -vE '"metric.h"|"(base|math|state|metrics)/[a-z0-9_]+\.h"|<string.h>'; }
compiler_specific() { grep -nE '__attribute__|__builtin_|__atomic_|__asm__|_Alignas|__declspec' "$@"; }
upward_from_base() { grep -n '#include "' "$@" | grep -v '"base/'; }
upward_from_math() { grep -n '#include "' "$@" | grep -vE '"(base|math)/'; }
upward_from_state() { grep -n '#include "' "$@" | grep -vE '"(base|math|state)/'; }
upward_from_charts() { grep -n '#include "' "$@" | grep -vE '"(base|math|state|metrics|charts)/|"metric.h"'; }
# Rows set state, evaluation and formula by MLM_OF_…(), which keeps them together.
by_hand() { grep -nE '\.(formula|eval) *= *(mlm_eval_|\{)' "$@"; }
# A program of the suite is a file without a header beside it.
unnamed() {
  for file in "$@"; do
    [ -f "${file%.c}.h" ] || grep -qF "\`$(basename "$file" .c)\`" tests/README.md || echo "$file"
  done
}
# Targets that are not files must have a line for `make help`, but those that serve others.
unlisted() {
  sed -n 's/^\.PHONY: //p' "$@" | tr ' ' '\n' | grep -vxE 'all|force|list-tests|bench-tools|package-.*|install-packages|run-hosts|cpus-digests|cpus-tests' | while read -r target; do
    grep -qh "^## make $target\b" "$@" || echo "make $target"
  done
}
long_files() { wc -l "$@" | awk '$2 != "total" && $1 > 550'; }

# Controls: what a library of ours would be, and the same with one fault. Made with our own flags for linking.
controls=$BUILD/controls
mkdir -p "$controls"
control() { # NAME CODE FLAGS...: a library of the entry points and this code
  name=$1 code=$2
  shift 2
  printf 'int sqlite3_mlmetrics_init(void);\nint sqlite3_modmlmetrics_init(void);\nint sqlite3_mlmetrics_init(void) { return 0; }
int sqlite3_modmlmetrics_init(void) { return 0; }\n%s\n' "$code" >"$controls/$name.c"
  $CC -shared -fPIC "$@" -o "$controls/$name.so" "$controls/$name.c" || failed "cannot build the control $name"
}
if [ -f "$BUILD/mlmetrics.so" ]; then
  control none '' -Wl,-z,nodelete
  control export 'int mlm_more;' -Wl,-z,nodelete
  control sqlite 'int sqlite3_open(void); int (*mlm_call)(void) = sqlite3_open;' -Wl,-z,nodelete
  control calls 'void qsort(void); void (*mlm_call)(void) = qsort;' -Wl,-z,nodelete
  control aborts 'void abort(void); void (*mlm_call)(void) = abort;' -Wl,-z,nodelete
  control traps 'int mlm_sum(int a, int b) { return a + b; }' -ftrapv -Wl,-z,nodelete
  control unresolved 'int nowhere(void); int (*mlm_call)(void) = nowhere;' -Wl,-z,nodelete
  control unload '' -Wl,-z,now
  for does in odd_exports wants_sqlite odd_calls unresolved may_be_unloaded; do
    empty "$does finds fault with a library that has none" "$($does "$controls/none.so")"
  done
  check 'the shared object does not export just its entry points' odd_exports "$controls/export.so" "$BUILD/mlmetrics.so"
  check 'the shared object wants SQLite linked to it' wants_sqlite "$controls/sqlite.so" "$BUILD/mlmetrics.so"
  check 'the shared object calls what it may not' odd_calls "$controls/calls.so" "$BUILD/mlmetrics.so"
  check 'a library whose sums trap calls what it may not' odd_calls "$controls/aborts.so" "$controls/traps.so"
  check 'the shared object has unresolved names' unresolved "$controls/unresolved.so" "$BUILD/mlmetrics.so"
  check 'the shared object may be unloaded' may_be_unloaded "$controls/unload.so" "$BUILD/mlmetrics.so"
fi

empty 'there is no archive' "$([ -f "$BUILD/libmlmetrics.a" ] || echo "$BUILD/libmlmetrics.a")"
echo 'int mlm_ours; int stray;' >"$controls/stray.c"
$CC -c -o "$controls/stray.o" "$controls/stray.c" || failed 'cannot build the control stray'
check 'the archive holds global names without our prefix' stray_globals "$controls/stray.o" "$BUILD/libmlmetrics.a"

sed 's/^ *//' >"$controls/faults.h" <<'FAULTS'
#include "metrics/threshold.h"
#include "internal.h"
static void *more(void) { return malloc(1); }
static const Metric metric = {.eval = mlm_eval_mean, .formula = {.mean = more}};
__attribute__((noinline)) static void apart(void) {}
FAULTS
awk 'BEGIN { for (i = 0; i < 551; i++) print "" }' >"$controls/long.h"
faults=$controls/faults.h
# shellcheck disable=SC2046
check 'a folder of the core includes SQLite, or what only ext/*.c may call' impure "$faults" $(find ext/*/ -name '*.[ch]' ! -path 'ext/packages/*')
check 'ext/metrics/ may include metric.h and the folders below it only' upward_from_metrics "$faults" ext/metrics/*.[ch]
check 'a row sets .eval or .formula by hand: use MLM_OF_…()' by_hand "$faults" ext/metrics/*.c
check 'what depends on the compiler belongs into ext/base/compiler.h' compiler_specific "$faults" \
  $(find ext -name '*.[ch]' ! -path 'ext/packages/*' ! -path ext/base/compiler.h)
check 'ext/base/ may include ext/base/ only' upward_from_base "$faults" ext/base/*.[ch]
check 'ext/math/ may include ext/base/ and ext/math/ only' upward_from_math "$faults" ext/math/*.[ch]
check 'ext/state/ may include ext/base/, ext/math/ and ext/state/ only' upward_from_state "$faults" ext/state/*.[ch]
[ ! -d ext/charts ] || check 'ext/charts/ may include metric.h and the folders below it only' upward_from_charts "$faults" ext/charts/*.[ch]
printf '.PHONY: unheard\nunheard:\n' >"$controls/targets.mk"
check 'make help does not list a target: it needs a line "## make TARGET: what it does"' unlisted "$controls/targets.mk" Makefile tests/*.mk tests/bench/*.mk ext/packages/*.mk
check 'tests/README.md does not say what a program checks: its table needs a row' unnamed "$controls/stray.c" tests/*.c
check 'a file has over 550 lines: divide it' long_files "$controls/long.h" $(find ext tests include -name '*.[ch]')
echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ]
