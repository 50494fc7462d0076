#!/bin/sh
# Runs a program in every language and driver that can be had here, each with the package of build/dist/ that its users would install, over
# the demo table of flights, and the quick starts of README.md. Prints a table of the hosts, a line "skipped: …" for each one that was not run, and "N passed, N failed".
#   run.sh DIST DEMO_DATABASE [HOST...]
dist=$(cd "$1" && pwd) && database=$(cd "$(dirname "$2")" && pwd)/$(basename "$2") || exit 1
here=$(cd "$(dirname "$0")" && pwd)
need=$here/../../ext/packages/need.sh
shift 2
chosen=$*
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n_passed=0 n_failed=0
printf '| host | version | SQLite |\n| --- | --- | --- |\n'
query="SELECT model, count(*) AS flights, printf('%.4f', roc_auc(score, label)) AS auc, printf('%.4f', log_loss(score, label)) AS log_loss,
  printf('%.4f', best_cutoff(score, label)) AS best_cutoff FROM flights GROUP BY model"
mkdir "$work/library" && tar xzf "$dist"/mlmetrics-*-linux-x64.tar.gz -C "$work/library" || exit 1
library=$work/library/mlmetrics
wanted=$(sqlite3 "$database" ".load $library" "$query") || exit 1

wants() { [ -z "$chosen" ] || case " $chosen " in *" $1 "*) ;; *) return 1 ;; esac }
# host NAME VERSION PROGRAM...: runs the program; its first line is SQLite's version, the others the rows.
host() {
  name=$1 driver=$2
  shift 2
  got=$("$@" "$database" "$query" "$library" 2>"$work/log")
  if [ "$(printf '%s\n' "$got" | sed 1d)" = "$wanted" ]; then
    n_passed=$((n_passed + 1))
    printf '| %s | %s | %s |\n' "$name" "$driver" "$(printf '%s\n' "$got" | sed q)"
  else
    n_failed=$((n_failed + 1))
    printf '%s failed: %s\n%s\n' "$name" "$got" "$(tail -n 20 "$work/log")"
  fi
}
# quick_start LANGUAGE: the first example of README.md in it.
quick_start() { awk -v begin="\`\`\`$1" '$0 == begin { inside = 1; next } /^```/ && inside { exit } inside' "$here/../../README.md"; }
# starts NAME COMMAND...: the example's output has both models' AUC; "build/demo.db" in it is the database.
starts() {
  name=$1
  shift
  got=$(mkdir -p "$work/quick/build" && cp "$database" "$work/quick/build/demo.db" && cd "$work/quick" && "$@" 2>&1)
  case $got in
    *boosted*0.678*logistic*0.640*) n_passed=$((n_passed + 1)) ;;
    *) n_failed=$((n_failed + 1)) && printf 'the quick start of README.md, %s, failed: %s\n' "$name" "$got" ;;
  esac
}
not_here() { echo "skipped: $1 needs $2"; }

wants shell && host 'sqlite3 shell' "$(sqlite3 -version | cut -d' ' -f1)" sh -c 'sqlite3 "$1" "SELECT sqlite_version()" ".load $3" "$2"' sh &&
  quick_start sh >"$work/quick.sh" && cp "$library.so" "$work/" && starts shell sh -c 'cp ../mlmetrics.so build && sh ../quick.sh'

if wants python && $need 'Python' /usr/bin/python3:python3 /usr/share/doc/python3-venv:python3-venv /usr/lib/python3/dist-packages/apsw:python3-apsw \
  /usr/lib/python3/dist-packages/sqlite_utils:sqlite-utils /usr/lib/python3/dist-packages/pandas:python3-pandas; then
  /usr/bin/python3 -m venv --system-site-packages "$work/venv" && "$work/venv/bin/pip" install -q --no-index --find-links "$dist" mlmetrics
  python=$work/venv/bin/python
  host 'Python, sqlite3' "$($python -c 'import sys; print(sys.version.split()[0])')" "$python" "$here/python.py"
  host 'Python, apsw' "$($python -c 'import apsw; print(apsw.apswversion())')" "$python" "$here/apsw.py"
  host 'pandas' "$($python -c 'import pandas; print(pandas.__version__)')" "$python" "$here/pandas_read_sql.py"
  host 'sqlite-utils' "$(sqlite-utils --version | sed 's/.* //')" "$python" "$here/sqlite_utils_database.py"
  mkdir "$work/script" && quick_start python >"$work/script/quick.py"
  starts Python "$python" "$work/script/quick.py"
  # Its command, without a package.
  host 'sqlite-utils, command' "$(sqlite-utils --version | sed 's/.* //')" sh -c \
    'sqlite-utils query "$1" "SELECT sqlite_version()" --raw && echo && sqlite-utils query "$1" "$2" --load-extension "$3" --csv --no-headers | tr -d "\r" | tr , "|"' sh
  # A Python whose sqlite3 module cannot load extensions, with the library for LD_PRELOAD.
  for other in $(command -v python3) "$HOME"/.pyenv/versions/*/bin/python3; do
    [ -x "$other" ] && ! "$other" -c 'import sqlite3; sqlite3.Connection.enable_load_extension' 2>/dev/null && break
    other=
  done
  if [ -n "$other" ]; then
    export LD_PRELOAD_OF_HOST="$library-preload.so"
    host 'Python that cannot load (pyenv), LD_PRELOAD' "$("$other" -c 'import sys; print(sys.version.split()[0])')" sh -c \
      'LD_PRELOAD=$LD_PRELOAD_OF_HOST PYTHONPATH=$0 "$@"' "$("$work/venv/bin/python" -c 'import mlmetrics; print(mlmetrics.loadable_path())' | xargs dirname | xargs dirname)" \
      "$other" "$here/python.py"
  else
    not_here 'Python that cannot load, LD_PRELOAD' 'an interpreter built without extension loading'
  fi
fi

if wants node && $need 'the npm packages' npm:npm node:nodejs; then
  # better-sqlite3 and sqlite3 fetch a binary when they are installed, or else compile with the headers of this machine's Node.
  mkdir "$work/node" && cd "$work/node" && echo '{ "private": true }' >package.json || exit 1
  add() { npm_config_nodedir=/usr npm install --silent --no-audit --no-fund "$@" >"$work/log" 2>&1; }
  version() { node -p "require('./node_modules/$1/package.json').version"; }
  add "$dist"/mlmetrics-*.tgz || tail "$work/log"
  cp "$here"/*.mjs "$here"/*.cjs .
  if add node@22; then host 'node:sqlite' "Node $(version node)" node_modules/node/bin/node --no-warnings node_sqlite.mjs; else not_here node:sqlite 'Node 22.5 or later'; fi
  if add better-sqlite3@12; then host better-sqlite3 "$(version better-sqlite3)" node better_sqlite3.mjs && quick_start js >quick.mjs && starts Node node "$work/node/quick.mjs"; else not_here better-sqlite3 'the npm package, and a C++ compiler'; fi
  if add sqlite3@5; then host 'sqlite3 (npm)' "$(version sqlite3)" node sqlite3.cjs; else not_here 'sqlite3 (npm)' 'the npm package, and a C++ compiler'; fi
  if add bun; then host Bun "$(version bun)" node_modules/.bin/bun bun.mjs; else not_here Bun 'the npm package bun'; fi
  if add deno; then host Deno "$(version deno)" node_modules/.bin/deno run --quiet --allow-all node_sqlite.mjs; else not_here Deno 'the npm package deno'; fi
  cd / || exit 1
fi

if wants wasm && [ -f "$(echo "$dist"/mlmetrics-*-wasm.zip)" ] && $need 'the WebAssembly build' node:nodejs unzip:unzip; then
  unzip -q "$dist"/mlmetrics-*-wasm.zip -d "$work/wasm" && export MLMETRICS_WASM="$work/wasm"
  host 'WebAssembly, in Node' "$(node -p process.versions.node)" node "$here/wasm.mjs"
elif wants wasm; then
  not_here 'WebAssembly' 'Node, and mlmetrics-*-wasm.zip of make dist-wasm'
fi
if wants r && $need 'R' Rscript:r-base-core /usr/lib/R/site-library/RSQLite:r-cran-rsqlite; then
  host 'R, RSQLite' "$(Rscript -e 'cat(as.character(packageVersion("RSQLite")))')" Rscript "$here/rsqlite.R"
fi
if wants ruby && $need 'Ruby' ruby:ruby /usr/share/doc/ruby-sqlite3:ruby-sqlite3; then
  host 'Ruby, sqlite3' "$(ruby -rsqlite3 -e 'puts SQLite3::VERSION')" ruby "$here/ruby.rb"
fi
if wants php && $need 'PHP' php:php-cli /usr/share/doc/php-sqlite3:php-sqlite3; then
  host 'PHP, SQLite3' "$(php -r 'echo PHP_VERSION;')" php -d "sqlite3.extension_dir=$work/library" "$here/php.php"
fi
if wants perl && $need 'Perl' perl:perl /usr/share/doc/libdbd-sqlite3-perl:libdbd-sqlite3-perl; then
  host 'Perl, DBD::SQLite' "$(perl -MDBD::SQLite -e 'print $DBD::SQLite::VERSION')" perl "$here/perl.pl"
fi
if wants tcl && $need 'Tcl' tclsh:tcl /usr/share/doc/libsqlite3-tcl:libsqlite3-tcl; then
  host 'Tcl' "$(echo 'puts [info patchlevel]' | tclsh)" tclsh "$here/tcl.tcl"
fi
if wants java && $need 'Java, sqlite-jdbc (DBeaver uses it)' javac:default-jdk-headless /usr/share/java/sqlite-jdbc.jar:libxerial-sqlite-jdbc-java \
  /usr/share/doc/libxerial-sqlite-jdbc-jni:libxerial-sqlite-jdbc-jni; then
  javac -d "$work" "$here/Jdbc.java"
  host 'Java, sqlite-jdbc (DBeaver)' "$(dpkg-query -W -f '${Version}' libxerial-sqlite-jdbc-java | sed 's/[+-].*//')" \
    java -Djava.library.path=/usr/lib/jni:/usr/lib/x86_64-linux-gnu/jni -cp "$work:/usr/share/java/sqlite-jdbc.jar" Jdbc
fi
if wants go && $need 'Go' /usr/bin/go:golang-go /usr/share/gocode/src/github.com/mattn/go-sqlite3:golang-github-mattn-go-sqlite3-dev; then
  if GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$work/cache GOFLAGS= /usr/bin/go build -o "$work/mattn" "$here/mattn.go" >"$work/log" 2>&1; then
    host 'Go, mattn/go-sqlite3' "$(dpkg-query -W -f '${Version}' golang-github-mattn-go-sqlite3-dev | sed 's/[~-].*//')" "$work/mattn"
  else
    n_failed=$((n_failed + 1))
    echo "Go failed: $(tail -n 20 "$work/log")"
  fi
fi
if wants rust && $need 'Rust' cargo:cargo /usr/share/doc/librust-rusqlite-dev:librust-rusqlite-dev; then
  # Debian's crates, and no registry.
  mkdir -p "$work/rust/src" "$work/rust/.cargo" && cp "$here/rusqlite.rs" "$work/rust/src/main.rs"
  crate=$(ls -d /usr/share/cargo/registry/rusqlite-* | sed 's/.*-//')
  printf '[package]\nname = "host"\nversion = "0.0.0"\nedition = "2018"\n[dependencies]\nrusqlite = { version = "%s", features = ["load_extension"] }\n' "$crate" >"$work/rust/Cargo.toml"
  printf '[source.crates-io]\nreplace-with = "debian"\n[source.debian]\ndirectory = "/usr/share/cargo/registry"\n' >"$work/rust/.cargo/config.toml"
  if (cd "$work/rust" && cargo build --offline >"$work/log" 2>&1); then
    host 'Rust, rusqlite' "$crate" "$work/rust/target/debug/host"
  else
    n_failed=$((n_failed + 1))
    echo "Rust failed: $(tail -n 20 "$work/log")"
  fi
fi
if [ -z "$chosen" ]; then
  not_here 'Datasette' 'the package datasette, which Debian 12 does not have'
  not_here '.NET, Microsoft.Data.Sqlite' 'the .NET SDK and its package, which Debian does not have'
  not_here 'Android' "a device, and an SQLite that can load extensions: Android's own cannot"
fi
echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ] && [ "$n_passed" -gt 0 ]
