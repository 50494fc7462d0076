#!/bin/sh
# Builds everything anew under $1 with a clang that measures MC/DC (the newest installed from 18 on, else $2, installed with
# apt-get), runs the suite, and prints how many conditions of ext/ were shown to decide alone, which were not, and which
# decisions that clang cannot follow. Ends with status 0 where the suite passes, or where there is no such clang.
BUILD=${1:-build/mcdc} wanted=${2:-19}
mkdir -p "$BUILD" && BUILD=$(cd "$BUILD" && pwd) || exit 1

# A clang with llvm-cov, llvm-profdata and its profile runtime.
works() {
  for tool in "clang-$1" "llvm-cov-$1" "llvm-profdata-$1"; do command -v "$tool" >/dev/null || return 1; done
  echo 'int main(int n, char **v) { return n && v ? 0 : 1; }' >"$BUILD/try.c" &&
    "clang-$1" -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc -o "$BUILD/try" "$BUILD/try.c" 2>/dev/null &&
    LLVM_PROFILE_FILE=/dev/null "$BUILD/try"
}
newest() {
  for version in 30 29 28 27 26 25 24 23 22 21 20 19 18; do
    works $version && return
  done
  version=
  return 1
}
if ! newest && command -v apt-get >/dev/null; then
  root=
  if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null; then root=sudo; elif command -v doas >/dev/null; then root=doas; fi
  fi
  echo "installing clang-$wanted" >&2
  $root apt-get update -qq >/dev/null 2>&1
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "clang-$wanted" "llvm-$wanted" "libclang-rt-$wanted-dev" >/dev/null 2>&1
  newest
fi
if [ -z "$version" ]; then
  echo "skipped: MC/DC needs clang 18 or later with llvm-cov and its profile runtime"
  echo "(Debian: apt-get install clang-$wanted llvm-$wanted libclang-rt-$wanted-dev)"
  exit 0
fi

find "$BUILD" -mindepth 1 -delete && mkdir -p "$BUILD/raw"
# Unoptimised, the square root is a call, so libm is linked. Left out as by coverage.sh.
PROPERTY_ROWS="${PROPERTY_ROWS:-5}" LLVM_PROFILE_FILE="$BUILD/raw/%p-%m.profraw" make SKIP="golden query_memory" -s -j "${JOBS:-2}" --no-print-directory suite BUILD="$BUILD" CC="clang-$version" CPPFLAGS=-DMLM_COVERAGE \
  CFLAGS='-O0 -g -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc' SHARED_FLAGS='-shared -Wl,-z,nodelete -lm' \
  >"$BUILD/suite" 2>"$BUILD/warnings"
passed=$?
tail -n 60 "$BUILD/suite"
find "$BUILD/raw" -name '*.profraw' >"$BUILD/raw/list"
"llvm-profdata-$version" merge -f "$BUILD/raw/list" -o "$BUILD/suite.profdata" && find "$BUILD/raw" -name '*.profraw' -delete
"llvm-cov-$version" show "$BUILD/mlmetrics.so" -instr-profile="$BUILD/suite.profdata" -show-mcdc -show-instantiations \
  >"$BUILD/shown" 2>>"$BUILD/warnings" || exit 1
grep '^ext/.*unsupported MC/DC' "$BUILD/warnings" | sort -u | awk -F: '{ print $1 ":" $2 ":" $3 }' >"$BUILD/unfollowed"
awk -f tests/measure/mcdc.awk "$BUILD/unfollowed" "$BUILD/shown" && exit "$passed"
