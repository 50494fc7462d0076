#!/bin/sh
# Runs the programs of the build for Windows under wine: linked to the functions, and with the DLL loaded; then the shell of SQLite with the
# DLL. Ends with "N passed, N failed".
#   windows.sh FOLDER PROGRAM...     (make windows builds them)
folder=$1
shift
export WINEDEBUG=-all WINEDLLOVERRIDES='mscoree,mshtml=' WINEPREFIX
WINEPREFIX=$(cd "$folder" && pwd)/wine
wine=/usr/lib/wine/wine64
# Runs a program, with the line ends of this system.
cat >"$folder/run" <<END
#!/bin/sh
$wine "\$@" >"$folder/\$\$.out" 2>&1
status=\$?
tr -d '\\r' <"$folder/\$\$.out"
rm "$folder/\$\$.out"
exit \$status
END
chmod +x "$folder/run"
n_passed=0 n_failed=0
$wine wineboot -i >/dev/null 2>&1
# counted WAY LIBRARY PROGRAM...: adds the counts of the programs.
counted() {
  way=$1 library=$2
  shift 2
  list=
  for program in "$@"; do list="$list $folder/tests/$program.exe"; done
  # shellcheck disable=SC2086
  end=$(BUILD=$folder RUN=$folder/run MLMETRICS=$library tests/run.sh $list 2>&1)
  printf '%s\n' "$end" | sed -e '$d' -e "s/^/$way, /"
  end=$(printf '%s\n' "$end" | tail -n 1)
  n_passed=$((n_passed + ${end%% passed*}))
  end=${end##*, }
  n_failed=$((n_failed + ${end%% *}))
}
is() { # NAME WANTED GOT
  if [ "$2" = "$3" ]; then
    n_passed=$((n_passed + 1))
  else
    n_failed=$((n_failed + 1))
    printf '%s\nwanted: %s\ngot:    %s\n' "$1" "$2" "$3"
  fi
}

counted linked linked "$@"
counted 'the DLL' "$folder/mlmetrics" doctest oracle
rows="(SELECT column1 AS s, column2 AS y FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)))"
is 'the shell with the DLL' '0.75|0.693147180559945' "$("$folder/run" "$folder/sqlite3.exe" :memory: ".load $folder/mlmetrics" \
  "SELECT roc_auc(s, y), log_loss(0.5, y) FROM $rows" 2>&1)"
is 'what the DLL exports' 'sqlite3_mlmetrics_init sqlite3_modmlmetrics_init' "$(x86_64-w64-mingw32-objdump -p "$folder/mlmetrics.dll" |
  awk '/\[Ordinal\/Name Pointer\]/ { names = 1; next } names && NF == 0 { exit } names { print $NF }' | sort | tr '\n' ' ' | sed 's/ $//')"
is 'what the DLL needs' 'KERNEL32.dll msvcrt.dll' "$(x86_64-w64-mingw32-objdump -p "$folder/mlmetrics.dll" |
  sed -n 's/.*DLL Name: //p' | sort | tr '\n' ' ' | sed 's/ $//')"
echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ]
