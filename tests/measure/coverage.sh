#!/bin/sh
# Builds everything without optimisation under $1, runs the suite, and prints what part of the lines and branches of ext/
# it reached, over all programs together. Ends with status 0 where the suite passes and all is reached but what is marked
# unreachable.
BUILD=${1:-build/coverage}
find "$BUILD" -name '*.gcda' -delete 2>/dev/null
mkdir -p "$BUILD"
# Unoptimised, the square root is a call, so libm is linked; the check of exported names does not belong here.
# What is inlined into every caller is counted once, as it is written, not once a copy. Counters are atomic: gcov derives some
# lines from others, so that a count which two threads lose may show a line that was reached as one that was not. Left out, for the
# time that they take: the digest of thousands of queries, each of a kind that others compare with its result; more rows of tables.
PROPERTY_ROWS="${PROPERTY_ROWS:-5}" make SKIP="golden query_memory" -s -j "${JOBS:-2}" --no-print-directory suite BUILD="$BUILD" CC=gcc CPPFLAGS='-DMLM_COVERAGE -DMLM_ALWAYS_INLINE=inline' \
  CFLAGS='-O0 -g --coverage -fprofile-update=atomic' SHARED_FLAGS='-shared -Wl,-z,nodelete -Wl,--no-as-needed -lm' >"$BUILD/suite"
passed=$?
tail -n 60 "$BUILD/suite"
find "$BUILD" -name '*.gcno' ! -path "$BUILD/tests/*" | sort | while read -r notes; do
  gcov -b -c -t "$notes" 2>/dev/null
done | awk -f tests/measure/coverage.awk && exit "$passed"
