#!/bin/sh
# Tests the page in headless Chromium against what the shell says of the same files; leaves pictures of it in the folder PICTURES. Ends with
# "N passed, N failed", or says what it needs.
#   run.sh PAGE WASM_FOLDER LIBRARY PICTURES     (make check-page)
root=$(pwd)
[ -f "$1" ] || { echo 'skipped: the test of the page needs the page'; exit 0; }
page=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") && folder=$(cd "$2" && pwd) && library=$(cd "$(dirname "$3")" && pwd)/$(basename "$3") || exit 1
mkdir -p "$4" && pictures=$(cd "$4" && pwd) || exit 1
"$root/ext/packages/need.sh" 'the test of the page' chromium:chromium node:nodejs npm:npm sqlite3:sqlite3 || exit 0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
cd "$work" && echo '{ "private": true, "type": "module" }' >package.json || exit 1
npm install --silent --no-audit --no-fund playwright-core@1 >log 2>&1 || { echo "skipped: the test of the page needs the npm package playwright-core: $(tail -n 1 log)"; exit 0; }
cp "$root/tests/page/check.mjs" .

node "$root/tests/page/csv.mjs" "$folder" || exit 1
node check.mjs "$page" "$library" "$root/tests/data/flights.csv" "$pictures"
