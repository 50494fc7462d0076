#!/bin/sh
# Runs the test programs given, $JOBS at a time (with $RUN before them, as valgrind), prints what failed and, as its last line, the sum of their last lines.
# A program that dies, or does not end with "N passed, N failed", counts as one more failure.
logs=$BUILD/logs
rm -rf "$logs" && mkdir -p "$logs"
export logs
printf '%s\n' "$@" | xargs -P "${JOBS:-2}" -I '{}' sh -c '
  name=$(basename "$1")
  start=$(date +%s)
  $RUN "$1" >"$logs/$name" 2>&1
  status=$?
  end=$(tail -n 1 "$logs/$name")
  case $end in
    *[0-9]" passed, "*[0-9]" failed") ;;
    *) echo "$name ended without a count, status $status" >>"$logs/$name"; end="0 passed, 1 failed" status=1 ;;
  esac
  case "$end $status" in
    *" 0 failed 0") ;;
    *" 0 failed "*) echo "$name: status $status" >>"$logs/$name"; end="${end% 0 failed} 1 failed" ;;
  esac
  grep "^skipped: " "$logs/$name"
  case $end in *" 0 failed") ;; *) tail -n 40 "$logs/$name" ;; esac
  echo "$name: $end ($(($(date +%s) - start)) s)"
  echo "$end" >"$logs/$name.sum"' sh '{}'
cat "$logs"/*.sum | awk -v programs=$# '{ passed += $1; failed += $3 }
  END { if (NR != programs) failed += programs - NR; print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }'
