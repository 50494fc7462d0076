#!/bin/sh
# build.sh WORK SOURCES SQLITE OUT VERSION: compiles SQLite (its amalgamation in the folder SQLITE) and mlmetrics (in SOURCES) to WebAssembly
# in the folder WORK, and packs OUT/mlmetrics-VERSION-wasm.zip.
set -e
work=$1 sources=$2 sqlite=$3 out=$4 version=$5
here=$(dirname "$0")
rm -rf "$work" && mkdir -p "$work/archive"
compile() { emcc -O2 -w -fno-math-errno -ffp-contract=off -I"$sqlite" -I"$sources" "$@"; }
compile -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_THREADSAFE=0 -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_DESERIALIZE \
  -c "$sqlite/sqlite3.c" -o "$work/sqlite3.o"
compile -DSQLITE_CORE -c "$sources/mlmetrics.c" -o "$work/mlmetrics.o"
functions=_malloc,_free,_mlm_open
for name in prepare_v2 step finalize close_v2 errmsg column_count column_type column_double column_text column_blob column_bytes \
  bind_null bind_double bind_text bind_blob; do functions=$functions,_sqlite3_$name; done
compile "$here/database.c" "$work/mlmetrics.o" "$work/sqlite3.o" -o "$work/archive/mlmetrics-wasm.mjs" -sMODULARIZE=1 -sEXPORT_ES6=1 \
  -sALLOW_MEMORY_GROWTH=1 -sENVIRONMENT=web -sEXPORTED_FUNCTIONS="$functions" -sEXPORTED_RUNTIME_METHODS=UTF8ToString
cp "$here/mlmetrics.mjs" "$here/README.md" LICENSE "$work/archive/"
"${PYTHON3:-python3}" "$here/../pack.py" "$out/mlmetrics-$version-wasm.zip" "$work/archive"
