#!/bin/sh
# Style and static analysis of the files given with the tools that are installed: prints every finding and, as its last line, how
# many tools found nothing and how many findings there are. clang-tidy and cppcheck look at the sources of ext/ ($ANALYZED: those with more than tables).
logs=$BUILD/lint
rm -rf "$logs" && mkdir -p "$logs"

# tool NAME WHAT-A-FINDING-LOOKS-LIKE COMMAND...: a command that fails without a finding is one.
tool() {
  name=$1 pattern=$2
  shift 2
  command -v "$name" >/dev/null || { echo "skipped: needs $name (make setup-lint installs it)" && return; }
  "$@" >"$logs/$name" 2>&1
  status=$?
  found=$(grep -cE "$pattern" "$logs/$name")
  [ $status = 0 ] || [ "$found" -gt 0 ] || found=1
  [ "$found" = 0 ] || cat "$logs/$name"
  echo "$name: $found findings" | tee -a "$logs/all"
}

# cppcheck reads each file as gcc compiles it for x86-64, with the checks of MLM_DEBUG; with ALL_CONFIGURATIONS in up to twelve
# configurations, which takes nine times as long.
configuration='-D__GNUC__=12 -D__x86_64__=1 -D__SSE2__=1 -D__SIZEOF_INT128__=16 -DMLM_DEBUG=1'
[ -z "$ALL_CONFIGURATIONS" ] || configuration=

# The analyzer ends its search of a function after so many states ($NODES; its own default is 225000), most of the time that lint takes.
tidy() {
  printf '%s\n' $ANALYZED | xargs -P "${JOBS:-2}" -I '{}' clang-tidy --quiet --extra-arg=-Xclang --extra-arg=-analyzer-config \
    --extra-arg=-Xclang --extra-arg=max-nodes="${NODES:-225000}" '{}' -- -std=c11 -Iinclude -Iext
}

# Mutants that are no errors (tests/measure/equivalent.tsv) whose line has been rewritten since.
stale() {
  grep -v '^#' tests/measure/equivalent.tsv | while IFS='	' read -r file line rest; do
    grep -qF -- "$line" "${file%%:*}" || echo "stale: $file: $line"
  done
}

tool clang-format 'error:' clang-format --dry-run -Werror "$@"
tool clang-tidy '(warning|error):' tidy
# shellcheck disable=SC2086
tool cppcheck '(error|warning|performance|portability):' cppcheck -q -j "${JOBS:-2}" --std=c11 --enable=warning,performance,portability \
  --error-exitcode=1 --suppress=uninitvar --suppress=ctuuninitvar --suppress=shiftTooManyBitsSigned \
  --suppress=incorrectLogicOperator --suppress=arrayIndexThenCheck --suppress=missingIncludeSystem $configuration -Iinclude -Iext ext
tool stale '^stale: ' stale
touch "$logs/all"
echo "$# files"
awk '{ found += $2; clean += $2 == 0 } END { print clean + 0 " passed, " found + 0 " failed"; exit found > 0 || NR == 0 }' "$logs/all"
