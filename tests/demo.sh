#!/bin/sh
# Loads the demo tables into a SQLite file with the stock sqlite3 shell and prints a scoring report of their models.
BUILD=${1:-build}
db=$BUILD/demo.db
why=$(sqlite3 -bail :memory: ".load $BUILD/mlmetrics" 2>&1) || {
  echo "This sqlite3 shell cannot load extensions: $why" >&2
  echo "($(command -v sqlite3), $(sqlite3 -version | cut -d' ' -f1). A shell built with OMIT_LOAD_EXTENSION never can; one from sqlite.org," >&2
  echo "from a package manager or from Homebrew can, and so can Python's sqlite3 module.)" >&2
  exit 1
}
rm -f "$db" "$db"-*

# The CSV files go through tables of their own, because .import takes a file's first line for names only where it makes the table.
{
  echo '.bail on'
  echo '.read tests/data/schema.sql'
  echo '.mode csv'
  echo 'BEGIN;'
  for table in flights breast_cancer digits digit_tags diabetes; do
    echo ".import tests/data/$table.csv imported"
    echo "INSERT INTO $table SELECT * FROM imported;"
    echo 'DROP TABLE imported;'
  done
  echo 'COMMIT;'
} | sqlite3 "$db" || exit 1

sqlite3 -bail "$db" ".load $BUILD/mlmetrics" '.read tests/demo.sql' || exit 1
sqlite3 -bail -list -noheader "$db" ".load $BUILD/mlmetrics" ".once $BUILD/report.html" \
  "SELECT report_html(score, label, model, 'Flights that leave late: two models') FROM flights;" || exit 1
cat <<END

A report with charts, to open in a browser: $BUILD/report.html

The tables are in $db: flights, breast_cancer, digits, digit_tags, diabetes. To query on:
  sqlite3 -cmd '.load $BUILD/mlmetrics' $db
  sqlite> SELECT model, roc_auc(score, label) FROM flights GROUP BY model;
  sqlite> SELECT signature, summary FROM mlmetrics_functions;
END
