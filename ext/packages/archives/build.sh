#!/bin/sh
# build.sh WORK BUILD DIST VERSION: packs the amalgamation in BUILD and the libraries in WORK/lib into archives in DIST, and describes them
# in sqlpkg.json. The archives have no folder inside, as sqlpkg wants it.
set -e
work=$1 build=$2 dist=$3 version=$4
here=$(dirname "$0")
pack() { # NAME FILE...
  rm -rf "$work/archive" && mkdir -p "$work/archive"
  out=$dist/mlmetrics-$version-$1
  shift
  cp "$@" "$build/mlmetrics.h" LICENSE "$work/archive"
  sed "s/@VERSION@/$version/g" "$here/README.txt.in" >"$work/archive/README.txt"
  echo "PACK $out"
  "$PYTHON3" "$here/../pack.py" "$out" "$work/archive"
}
pack amalgamation.zip "$build/mlmetrics.c"
for made in "$work"/lib/*/made; do
  folder=$(dirname "$made")
  case $folder in
    *win32*) pack "$(basename "$folder").zip" "$folder"/mlmetrics* ;;
    *) pack "$(basename "$folder").tar.gz" "$folder"/mlmetrics* ;;
  esac
done
"$PYTHON3" "$here/sqlpkg.py" "$version" "$dist" sql/README.md >"$dist/sqlpkg.json"
