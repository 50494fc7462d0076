#!/bin/sh
# Draws every chart and report of the demo tables, opens each in headless Chromium, light and dark, 360 and 1280 pixels wide and printed, and
# looks for what is cut off, too faint, loaded from elsewhere or not valid. The screenshots are left in build/screenshots/ to be looked at.
# Ends with "N passed, N failed".
build=${1:-build}
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
ext/packages/need.sh 'make screenshots' node:nodejs npm:npm chromium:chromium xmllint:libxml2-utils sqlite3:sqlite3 || exit 0
work=$build/screenshots
rm -rf "$work/pages" && mkdir -p "$work/pages"
library=$(cd "$build" && pwd)/mlmetrics
demo=$(cd "$build" && pwd)/demo.db
(cd "$work" && sqlite3 -bail -readonly "$demo" ".load $library" ".read $root/tests/screenshots/pages.sql" >/dev/null) || {
  echo '0 passed, 1 failed'
  exit 1
}
[ -d "$work/node_modules/html-validate" ] ||
  (cd "$work" && echo '{"private":true}' >package.json && npm install --silent --no-audit --no-fund playwright-core html-validate >npm.log 2>&1) || {
  echo 'skipped: make screenshots needs the npm packages playwright-core and html-validate'
  exit 0
}
cp tests/screenshots/look.mjs "$work/look.mjs"
cd "$work" && exec node look.mjs pages "$(command -v chromium)"
