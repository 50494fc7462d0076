#!/bin/sh
# build.sh WORK SOURCES SQLITE OUT VERSION: compiles SQLite (its amalgamation in the folder SQLITE) and mlmetrics (in SOURCES) to WebAssembly
# in the folder WORK, and packs OUT/mlmetrics-VERSION-wasm.zip.
set -e
work=$1 sources=$2 sqlite=$3 out=$4 version=$5
here=$(dirname "$0")
rm -rf "$work" && mkdir -p "$work/archive"
# For size, because a page that uses it downloads it. WebAssembly has no fused multiply-add, so the results keep their bits.
compile() { emcc -Os -w -fno-math-errno -ffp-contract=off -I"$sqlite" -I"$sources" "$@"; }
# No files, threads and libraries; the rest of SQLite is whole. database.c has what SQLite takes from a system.
compile -DSQLITE_OS_OTHER=1 -DSQLITE_TEMP_STORE=3 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_WAL \
  -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_DEPRECATED -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_ENABLE_MATH_FUNCTIONS \
  -DHAVE_LOCALTIME_R=1 -Dlocaltime_r=mlm_localtime_r -c "$sqlite/sqlite3.c" -o "$work/sqlite3.o"
compile -DSQLITE_CORE -c "$sources/mlmetrics.c" -o "$work/mlmetrics.o"
for name in database csv; do compile -c "$here/$name.c" -o "$work/$name.o"; done
functions=_mlm_open,_mlm_csv_open,_mlm_csv_feed,_mlm_csv_end,_mlm_csv_fact,_mlm_csv_close
for name in malloc free prepare_v2 step reset finalize close_v2 errmsg serialize column_count column_name column_type column_int64 \
  column_double column_text column_blob column_bytes bind_null bind_int64 bind_double bind_text bind_blob; do
  functions=$functions,_sqlite3_$name
done
# The undefined symbols are what mlmetrics.mjs gives; any other would be missing when tests/packages.sh runs it.
compile "$work/database.o" "$work/csv.o" "$work/mlmetrics.o" "$work/sqlite3.o" -o "$work/archive/mlmetrics.wasm" --no-entry -sSTANDALONE_WASM \
  -sWASM_BIGINT -sALLOW_MEMORY_GROWTH=1 -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0 -sEXPORTED_FUNCTIONS="$functions"
cp "$here/mlmetrics.mjs" "$here/README.md" LICENSE "$work/archive/"
"${PYTHON3:-python3}" "$here/../pack.py" "$out/mlmetrics-$version-wasm.zip" "$work/archive"
