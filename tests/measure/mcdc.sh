#!/bin/sh
# Builds everything with a clang that measures MC/DC under $1 (the newest installed from 18 on, else $2, installed with
# apt-get), runs the suite, and prints how many conditions of ext/ were shown to decide alone, and which were not.
B=${1:-build/mcdc} wanted=${2:-19}

# A clang with llvm-cov, llvm-profdata and its profile runtime.
works() {
  command -v "clang-$1" "llvm-cov-$1" "llvm-profdata-$1" >/dev/null || return 1
  mkdir -p "$B" && echo 'int main(int n, char **v) { return n && v ? 0 : 1; }' >"$B/try.c" &&
    "clang-$1" -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc -o "$B/try" "$B/try.c" 2>/dev/null &&
    LLVM_PROFILE_FILE=/dev/null "$B/try"
}
newest() {
  for version in 30 29 28 27 26 25 24 23 22 21 20 19 18; do
    works $version && return
  done
  version=
  return 1
}
if ! newest && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing clang-$wanted" >&2
  apt-get update -qq >/dev/null 2>&1
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "clang-$wanted" "llvm-$wanted" "libclang-rt-$wanted-dev" >/dev/null 2>&1
  newest
fi
if [ -z "$version" ]; then
  echo "skipped: MC/DC needs clang 18 or later with llvm-cov and its profile runtime"
  echo "(Debian: apt-get install clang-$wanted llvm-$wanted libclang-rt-$wanted-dev)"
  exit 0
fi

rm -rf "$B/raw" && mkdir -p "$B/raw"
# Unoptimised, the square root is a call, so libm is linked.
LLVM_PROFILE_FILE="$PWD/$B/raw/%p-%m.profraw" make -s --no-print-directory suite B="$B" CC="clang-$version" OPT='-O0 -g' \
  EXTRA='-fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc' SHARED='-shared -Wl,-z,nodelete -lm' | tail -n 40
find "$B/raw" -name '*.profraw' | sort >"$B/raw/list"
"llvm-profdata-$version" merge -f "$B/raw/list" -o "$B/suite.profdata" && rm -f "$B"/raw/*.profraw
"llvm-cov-$version" show "$B/mlmetrics.so" -instr-profile="$B/suite.profdata" -show-mcdc -show-instantiations >"$B/shown" &&
  awk -f tests/measure/mcdc.awk "$B/shown"
