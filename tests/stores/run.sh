#!/bin/sh
# Runs the queries of sql/store_promptfoo.sql and sql/store_evalite.sql on databases that the tools themselves make, without a network:
# the packages come from npm, and the models are scripts. Ends with "N passed, N failed", or says what it needs.
#   run.sh LIBRARY     (make check-stores)
root=$(pwd)
library=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") || exit 1
"$root/ext/packages/need.sh" 'the check of stores' node:nodejs npm:npm sqlite3:sqlite3 || exit 0
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
n_passed=0 n_failed=0
is() {
  if [ "$2" = "$3" ]; then
    n_passed=$((n_passed + 1))
  else
    n_failed=$((n_failed + 1))
    printf '%s\nwanted: %s\ngot:    %s\n' "$1" "$2" "$3"
  fi
}
# The page without its small table: what a user of the tool runs.
queries() { awk '/^CREATE TEMP TABLE|^INSERT INTO/ { inside = 1 } !inside && !/^\.load|^--/; /;$/ { inside = 0 }' "$root/sql/$1"; }
# Columns of the page's own table that the tool's table has not.
unknown_columns() {
  sed -n '/^CREATE TEMP TABLE/,/;$/p' "$root/sql/$1" >"$work/tables.sql"
  sqlite3 "$2" ".read $work/tables.sql" "SELECT t.name || '.' || c.name FROM temp.sqlite_master t, pragma_table_info(t.name, 'temp') c
    WHERE t.type = 'table' AND c.name NOT IN (SELECT name FROM pragma_table_info(t.name, 'main'))"
}
# page NAME DATABASE: the page's queries on the tool's database, a row a line.
page() { queries "$1" >"$work/queries.sql" && sqlite3 -bail "$2" ".load $library" ".read $work/queries.sql" 2>&1; }
add() { npm_config_nodedir=/usr npm install --silent --no-audit --no-fund "$@" >"$work/log" 2>&1; }

mkdir "$work/tools" && cd "$work/tools" && echo '{ "private": true, "type": "module" }' >package.json || exit 1
cp "$root"/tests/stores/* .

if add promptfoo node@22; then
  # A config folder of its own, and no word to the outside. The exit code says that tests failed, as they should.
  PROMPTFOO_CONFIG_DIR=$work/promptfoo PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_REMOTE_GENERATION=1 \
    node_modules/node/bin/node node_modules/.bin/promptfoo eval -c promptfooconfig.yaml --no-cache --no-table --no-progress-bar >"$work/log" 2>&1
  database=$work/promptfoo/promptfoo.db
  is 'promptfoo: the columns' '' "$(unknown_columns store_promptfoo.sql "$database")"
  is 'promptfoo: errors are failure_reason 2' 'clumsy|0|3 clumsy|1|2 clumsy|2|1 echo|0|6' "$(sqlite3 "$database" "SELECT json_extract(provider, '$.id'), failure_reason, count(*) FROM eval_results GROUP BY 1, 2" 2>&1 | tr '\n' ' ' | sed 's/ $//')"
  # A person's thumb, as the viewer stores it: the judge is right about half of the answers.
  sqlite3 "$database" "UPDATE eval_results SET grading_result = json_insert(grading_result, '$.componentResults[#]',
    json_object('pass', json(CASE WHEN test_idx IN (1, 2) THEN 'false' ELSE 'true' END), 'assertion', json_object('type', 'human'))) WHERE grading_result IS NOT NULL"
  is 'promptfoo: the queries' "$(cat expected_promptfoo.txt)" "$(page store_promptfoo.sql "$database")"
else
  echo "skipped: promptfoo, which npm does not install here: $(tail -n 1 "$work/log")"
fi

if add evalite vitest; then
  node_modules/.bin/evalite run --hideTable >"$work/log" 2>&1
  database=node_modules/.evalite/cache.sqlite
  is 'evalite: the columns' '' "$(unknown_columns store_evalite.sql "$database")"
  is 'evalite: the queries' "$(cat expected_evalite.txt)" "$(page store_evalite.sql "$database")"
else
  echo "skipped: evalite, which npm does not install here: $(tail -n 1 "$work/log")"
fi
printf '%d passed, %d failed\n' $n_passed $n_failed
[ $n_failed = 0 ]
