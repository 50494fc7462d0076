#!/bin/sh
# Checks the names that leave the products, and which room includes what.
B=${B:-build}
n_passed=0 n_failed=0
# Expects that the text given is empty.
empty() {
  if [ -z "$2" ]; then n_passed=$((n_passed + 1)); else n_failed=$((n_failed + 1)); printf '%s:\n%s\n' "$1" "$2"; fi
}

# SQLite derives an entry point's name from the file's: these are for mlmetrics and mod_mlmetrics (libmlmetrics is the first).
entries='sqlite3_mlmetrics_init
sqlite3_modmlmetrics_init'
if [ -f "$B/mlmetrics.so" ]; then
  # gcov and the sanitizers export names of their own.
  exported=$(nm -D --defined-only "$B/mlmetrics.so" | awk '{print $3}' | grep -vE '^(__gcov_|__asan_|__odr_asan|mangle_path)' | sort)
  empty 'the shared object does not export just its entry points' "$([ "$exported" = "$entries" ] || echo "$exported")"
  needed=$(nm -D --undefined-only "$B/mlmetrics.so" | awk '{print $2}' | sed 's/@.*//')
  empty 'the shared object wants SQLite linked to it' "$(echo "$needed" | grep '^sqlite3')"
  # Memory and strings; sqrt, which IEEE 754 rounds and compilers inline; what compilers and sanitizers bring along. So no libm, and no
  # allocator, sort, printer, clock or locale past the host. (gcov's own library is linked in and calls many.)
  allowed='mem(cpy|move|set|cmp|chr)|str(len|cmp|ncmp|chr|str)|sqrt|__(mem|str)[a-z]+_chk|__stack_chk_(fail|guard)'
  brought='_ITM_.*|__gmon_start__|__cxa_finalize|__(asan|ubsan|tsan|msan|lsan|sanitizer)_.*'
  nm "$B/mlmetrics.so" | grep -q __gcov_ ||
    empty 'the shared object calls what it may not' "$(echo "$needed" | grep -vxE "$allowed|$brought")"
  empty 'the shared object has unresolved names' "$(ldd -r "$B/mlmetrics.so" 2>&1 | grep -i undefined | grep -v __asan)"
  empty 'the shared object may be unloaded' "$(readelf -d "$B/mlmetrics.so" | grep -q NODELETE || echo 'no NODELETE flag')"
fi
empty 'there is no archive' "$([ -f "$B/libmlmetrics.a" ] || echo "$B/libmlmetrics.a")"
empty 'the archive holds global names without our prefix' "$(nm -g --defined-only "$B/libmlmetrics.a" |
  awk 'NF == 3 {print $3}' | sed 's/^_//' | grep -vE '^(mlm_|sqlite3_[a-z]*mlmetrics_)|^_*gcov|^_?_(odr_)?asan')"
empty 'a pure room includes SQLite, or what only ext/*.c may call' "$(grep -nE \
  'sqlite3|<(stdio|stdlib|locale|time|assert)\.h>|\b(malloc|calloc|realloc|free|qsort|strtod|v?s?n?printf)\(' ext/math/*.[ch] ext/state/*.[ch] ext/metrics/*.[ch])"
empty 'a family includes more than metric.h and its kin' "$(grep -n '#include' ext/metrics/*.c | grep -vE '"metric.h"|"metrics/[a-z_]+\.h"|<string.h>')"
empty 'an arrow runs the wrong way' "$(grep -nE '#include "(state|metrics)/|#include "(args|extension|metric)\.h' ext/math/*.[ch]
  grep -nE '#include "(metrics/|args|extension|metric\.h)' ext/state/*.[ch])"
empty 'over 500 lines' "$(find ext tests include -name '*.[ch]' -exec wc -l {} \; | awk '$1 > 500')"
echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ]
