#!/bin/sh
# Installs each package of a folder with its own installer, in empty folders and without a compiler, and compares what it answers. Ends with
# "N passed, N failed"; what cannot be installed here is named in a line that begins with "skipped: ".
#   packages.sh FOLDER     (make check-packages builds the folder, twice, and calls this)
BUILD=${BUILD:-build}
dist=$(cd "$1" && pwd) || exit 1
root=$(pwd)
built=$(cd "$BUILD" && pwd) || exit 1
need=$root/ext/packages/need.sh
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n_passed=0 n_failed=0
# is NAME WANTED GOT. What should end with status 0 has another status in GOT, for some programs crash after their last line.
is() {
  if [ "$2" = "$3" ]; then
    n_passed=$((n_passed + 1))
  else
    n_failed=$((n_failed + 1))
    printf '%s\nwanted: %s\ngot:    %s\n' "$1" "$2" "$3"
  fi
}
# has NAME PART GOT: the text has the part.
has() {
  case $3 in
    *"$2"*) is "$1" '' '' ;;
    *) is "$1" "… $2 …" "$3" ;;
  esac
}
# Changes into an empty folder.
empty_folder() { rm -rf "$work/at" && mkdir -p "$work/at" && cd "$work/at" || exit 1; }
# Compilers that fail stand before those of the machine.
mkdir "$work/bin" && for name in cc gcc c++ g++ clang make node-gyp; do
  printf '#!/bin/sh\necho "a package called %s" >&2\nexit 1\n' $name >"$work/bin/$name" && chmod +x "$work/bin/$name"
done
without_compiler() { PATH=$work/bin:$PATH "$@"; }
version=$(sed -n 's/^.define MLMETRICS_VERSION "\(.*\)"/\1/p' include/mlmetrics.h)
rows="(SELECT column1 AS s, column2 AS y FROM (VALUES (0.1, 0), (0.4, 0), (0.35, 1), (0.8, 1)))"
query="SELECT mlmetrics_version(), roc_auc(s, y), f1_at(s, y, 0.5) FROM $rows"
answer="$version|0.75|0.666666666666667"

# == the folder
cd "$dist" || exit 1
is 'SHA256SUMS' '' "$(sha256sum --quiet -c SHA256SUMS 2>&1)"
is 'every package has its sum' "$(ls | grep -v SHA256SUMS)" "$(sed 's/.*  //' SHA256SUMS)"
if [ -n "$AGAIN" ]; then is 'the bytes of packages built again' "$(cat SHA256SUMS)" "$(cat "$AGAIN/SHA256SUMS")"; fi
found=
for file in *; do
  case $file in *.gz | *.tgz) zcat "$file" ;; *.zip | *.whl) unzip -p "$file" ;; *.deb) dpkg-deb --fsys-tarfile "$file" ;; *) cat "$file" ;; esac |
    grep -aqF -e "$root" && found="$found $file"
done
is 'packages with a path of this machine' '' "$found"
cd "$root" || exit 1

# == archives
empty_folder
tar xzf "$dist/mlmetrics-$version-linux-x64.tar.gz"
is 'the library for Linux' "$answer" "$(sqlite3 :memory: '.load ./mlmetrics' "$query" 2>&1 || echo "status $?")"
is 'the library for LD_PRELOAD' "$answer" "$(LD_PRELOAD=$PWD/mlmetrics-preload.so sqlite3 :memory: "$query" 2>&1 || echo "status $?")"
is 'it calls what glibc 2.17 and musl have' '' "$(nm -D --undefined-only mlmetrics*.so | awk 'NF == 2 { print $2 }' |
  grep -vxE 'mem(chr|cmp|cpy|move|set)|str(chr|cmp|len|ncmp|str)|dl(open|sym|close)')"
if $need 'the library under musl' musl-gcc:musl-tools; then
  printf 'int sqlite3_mlmetrics_init(void); int main(void) { return !sqlite3_mlmetrics_init; }\n' >musl.c
  is 'the library is complete under musl' '' "$(musl-gcc -o musl musl.c ./mlmetrics.so -Wl,-rpath,. 2>&1 && ./musl 2>&1)"
fi
empty_folder
unzip -q "$dist/mlmetrics-$version-amalgamation.zip"
is 'the amalgamation, one line' "$answer" "$(cc -O0 -fPIC -shared mlmetrics.c -o mlmetrics.so 2>&1; sqlite3 :memory: '.load ./mlmetrics' "$query" 2>&1 || echo "status $?")"
empty_folder
tar xzf "$dist/mlmetrics-$version-source.tar.gz"
is 'the sources, without a git' '' "$(cd "mlmetrics-$version" && make -n all 2>&1 >/dev/null)"
is 'the sources give the same archive' "$(sha256sum <"$dist/mlmetrics-$version-source.tar.gz")" \
  "$(cd "mlmetrics-$version" && make -s V= "build/dist/mlmetrics-$version-source.tar.gz" >/dev/null && sha256sum <"build/dist/mlmetrics-$version-source.tar.gz")"
is 'the manifest of sqlpkg' 'linux-amd64 linux-arm64 windows-amd64 right' "$(python3 - "$dist" <<'END'
import hashlib, json, os, sys
spec = json.load(open(os.path.join(sys.argv[1], "sqlpkg.json")))
assets = spec["assets"]
right = all(assets["checksums"][name] == "sha256-" + hashlib.sha256(open(os.path.join(sys.argv[1], name), "rb").read()).hexdigest()
            for name in assets["files"].values()) and "roc_auc" in spec["symbols"]
print(*sorted(assets["files"]), "right" if right else "wrong")
END
)"

# == Python
python=/usr/bin/python3
if $need 'the Python wheel' $python:python3 /usr/share/doc/python3-venv:python3-venv; then
  empty_folder
  $python -m venv --system-site-packages venv >/dev/null
  without_compiler venv/bin/pip install -q --no-index --find-links "$dist" mlmetrics 2>&1
  is 'the wheel' "$answer" "$(venv/bin/python - "$query" <<'END' || echo "status $?"
import sys, mlmetrics
db = mlmetrics.connect(":memory:")
print(*("%.15g" % x if isinstance(x, float) else x for x in db.execute(sys.argv[1]).fetchone()), sep="|")
try:
    db.execute("SELECT load_extension('x')")
    print("extension loading is left on")
except mlmetrics.sqlite3.OperationalError as error:
    if "not authorized" not in str(error): print(error)
END
)"
  doc=/usr/share/doc
  if $need 'the wheel in other drivers' $doc/python3-apsw:python3-apsw $doc/sqlite-utils:sqlite-utils $doc/python3-pandas:python3-pandas; then
    is 'the wheel in apsw, sqlite-utils and pandas' "$version $version 0.75" "$(venv/bin/python - "$rows" <<'END' 2>&1 || echo "status $?"
import sys, mlmetrics
def apsw():
    import apsw
    db = apsw.Connection(":memory:")
    mlmetrics.load(db)
    return next(db.cursor().execute("SELECT mlmetrics_version()"))[0]
def sqlite_utils():
    import sqlite_utils
    db = sqlite_utils.Database(memory=True)
    mlmetrics.load(db)
    return db.execute("SELECT mlmetrics_version()").fetchone()[0]
def pandas():
    import pandas
    return pandas.read_sql("SELECT roc_auc(s, y) AS auc FROM " + sys.argv[1], mlmetrics.connect(":memory:")).auc[0]
print(apsw(), sqlite_utils(), pandas())
END
)"
  fi
  is 'parallel() in Python' 'same' "$(venv/bin/python "$root/tests/packages/parallel.py" 2>&1 || echo "status $?")"
  is 'the types' '' "$(venv/bin/python -W error -c 'import typing, mlmetrics; typing.get_type_hints(mlmetrics.load), typing.get_type_hints(mlmetrics.parallel)' 2>&1 || echo "status $?")"
  # An interpreter that cannot load extensions, where there is one.
  empty_folder
  mkdir unpacked && unzip -q "$dist"/mlmetrics-*manylinux*x86_64*.whl -d unpacked
  for other in $(command -v python3) $HOME/.pyenv/versions/*/bin/python3; do
    [ -x "$other" ] && ! "$other" -c 'import sqlite3; sqlite3.Connection.enable_load_extension' 2>/dev/null && break
    other=
  done
  if [ -n "$other" ]; then
    said=$(PYTHONPATH=unpacked "$other" -c 'import mlmetrics; mlmetrics.connect(":memory:")' 2>&1 | tail -n 1)
    has 'a Python that cannot load says why' 'was built without extension loading' "$said"
    has 'and what to do' "LD_PRELOAD=$PWD/unpacked/mlmetrics/mlmetrics-preload.so" "$said"
    is 'the preload in it' "$version" "$(LD_PRELOAD=$PWD/unpacked/mlmetrics/mlmetrics-preload.so PYTHONPATH=unpacked "$other" -c \
      'import mlmetrics; print(mlmetrics.connect(":memory:").execute("SELECT mlmetrics_version()").fetchone()[0])' 2>&1 || echo "status $?")"
  else
    echo 'skipped: the message of an interpreter that cannot load extensions needs one, such as pyenv builds'
  fi
  empty_folder
  $python -m venv venv >/dev/null
  venv/bin/pip install -q --no-index "$dist/mlmetrics-$version.tar.gz" 2>&1
  is 'the source distribution' "$version" "$(venv/bin/python -c 'import mlmetrics; print(mlmetrics.connect(":memory:").execute("SELECT mlmetrics_version()").fetchone()[0])' 2>&1 || echo "status $?")"
fi

# == npm
if $need 'the npm package' npm:npm node:nodejs; then
  empty_folder
  mkdir unpacked && tar xzf "$dist/mlmetrics-$version.tgz" -C unpacked
  is 'npm pack lists what is in the package' "$(cd unpacked/package && find . -type f | sed 's|^./||' | LC_ALL=C sort)" \
    "$(cd unpacked/package && npm pack --dry-run --json 2>/dev/null | node -e 'JSON.parse(require("fs").readFileSync(0)).forEach((p) => p.files.forEach((f) => console.log(f.path)))' | LC_ALL=C sort)"
  empty_folder
  echo '{ "private": true }' >package.json
  without_compiler npm install --silent --no-audit --no-fund --offline "$dist/mlmetrics-$version.tgz" >/dev/null 2>&1
  is 'what npm installs' mlmetrics "$(ls node_modules)"
  has 'another platform' 'has no library for linux-mips, only for linux-arm64, linux-x64, win32-x64' \
    "$(node -e 'Object.defineProperty(process, "arch", { value: "mips" }); require("mlmetrics").getLoadablePath()' 2>&1)"
  # Node's own SQLite, in a Node that has it: its binary comes in a package.
  if node -e 'require("node:sqlite")' 2>/dev/null; then node=node; else npm install --silent --no-audit --no-fund node@22 >/dev/null 2>&1; node=node_modules/node/bin/node; fi
  if [ -x "$(command -v $node)" ]; then
    for form in 'const { load } = require("mlmetrics"); const { DatabaseSync } = require("node:sqlite");' \
      'import { load } from "mlmetrics"; import { DatabaseSync } from "node:sqlite";'; do
      case $form in import*) file=try.mjs ;; *) file=try.cjs ;; esac
      echo "$form"'
const db = new DatabaseSync(":memory:", { allowExtension: true });
load(db);
console.log(Object.values(db.prepare(process.argv[2]).get()).join("|"));' >$file
      is "node:sqlite, $file" "$version|0.75|0.6666666666666666" "$($node --no-warnings $file "$query" 2>&1 || echo "status $?")"
    done
    is 'node:sqlite without allowExtension' 'open it with new DatabaseSync(path, { allowExtension: true })' "$($node --no-warnings -e \
      'try { require("mlmetrics").load(new (require("node:sqlite").DatabaseSync)(":memory:")) } catch (error) { console.log(error.message.replace(/.*: open/, "open")) }' 2>&1 || echo "status $?")"
    cp "$root/tests/packages/parallel.cjs" . && is 'parallel() in Node' 'same' "$($node --no-warnings parallel.cjs 2>&1 || echo "status $?")"
  else
    echo 'skipped: node:sqlite needs Node 22.5 or later'
  fi
fi

# == WebAssembly
if [ -f "$dist/mlmetrics-$version-wasm.zip" ] && $need 'the WebAssembly build' node:nodejs; then
  empty_folder
  mkdir unpacked && unzip -q "$dist/mlmetrics-$version-wasm.zip" -d unpacked
  is 'what is in it' 'LICENSE README.md mlmetrics.mjs mlmetrics.wasm' "$(cd unpacked && LC_ALL=C ls | tr '\n' ' ' | sed 's/ $//')"
  size=$(cat unpacked/mlmetrics.* | wc -c)
  is 'it has no more than 1.5 MB' '' "$([ "$size" -le 1500000 ] || echo "$size")"
  sqlite3 wal.db 'PRAGMA journal_mode = wal; CREATE TABLE t AS WITH RECURSIVE n(a) AS (SELECT 1 UNION ALL SELECT a + 1 FROM n WHERE a < 1000) SELECT * FROM n' >/dev/null
  is 'its interface' 'as expected' "$(TZ=Europe/Paris node "$root/tests/packages/wasm.mjs" unpacked wal.db 2>&1 || echo "status $?")"
  is 'what it saves' '200000|ok' "$(sqlite3 saved.db 'SELECT count(*), (SELECT * FROM pragma_integrity_check) FROM t' 2>&1 || echo "status $?")"
  if $need 'the golden digest of the WebAssembly build' emcc:emscripten; then
    make -s -C "$root" BUILD="$BUILD" "$BUILD/packages/wasm/golden.wasm"
    is 'its golden digests' "$(cat "$root/tests/golden.sha256")" "$(node --no-warnings "$root/tests/packages/golden.mjs" "$built/packages/wasm/golden.wasm" print 2>&1 || echo "status $?")"
  fi
fi

# == Debian
deb=$(ls "$dist"/*.deb 2>/dev/null)
if [ -n "$deb" ] && [ "$(id -u)" = 0 ] && $need 'lintian' lintian:lintian; then
  empty_folder
  is 'lintian' '' "$(lintian --allow-root --pedantic -I "$deb" 2>&1 | grep -v '^N:')"
  without_compiler dpkg -i "$deb" >log 2>&1 || cat log
  is 'the Debian package' "$answer" "$(sqlite3 :memory: '.load mod_mlmetrics' "$query" 2>&1 || echo "status $?")"
  cat >app.c <<'END'
#include <mlmetrics.h>
#include <stdio.h>
int main(void) {
  sqlite3 *db;
  sqlite3_stmt *row;
  return sqlite3_open(":memory:", &db) || sqlite3_mlmetrics_init(db, NULL, NULL) ||
         sqlite3_prepare_v2(db, "SELECT mlmetrics_version()", -1, &row, NULL) || sqlite3_step(row) != SQLITE_ROW ||
         puts((const char *)sqlite3_column_text(row, 0)) < 0;
}
END
  # shellcheck disable=SC2046
  is 'pkg-config' "$version" "$(cc app.c $(pkg-config --cflags --libs mlmetrics) -o app 2>&1 && ./app)"
  has 'the man page' 'metrics as SQL functions' "$(man mlmetrics 2>&1)"
  dpkg -r libsqlite3-mod-mlmetrics >/dev/null 2>&1
  is 'what dpkg leaves behind' '' "$(ls /usr/include/mlmetrics.h /usr/lib/*/mod_mlmetrics.so 2>/dev/null)"
else
  echo 'skipped: installing the Debian package needs dpkg, lintian and root'
fi

# == make install
empty_folder
(cd "$root" && make -s install BUILD="$BUILD" PREFIX="$work/at/usr") >/dev/null 2>&1
is 'make install' 'include lib share' "$(ls usr | tr '\n' ' ' | sed 's/ $//')"
has 'mlmetrics.pc' "-L$work/at/usr/lib -lmlmetrics" "$(PKG_CONFIG_PATH=usr/lib/pkgconfig pkg-config --libs mlmetrics 2>&1)"
is 'warnings of the man page' '' "$(man --warnings -l usr/share/man/man7/mlmetrics.7 2>&1 >/dev/null)"
(cd "$root" && make -s uninstall BUILD="$BUILD" PREFIX="$work/at/usr") >/dev/null 2>&1
is 'make uninstall' '' "$(find usr -type f)"

echo "$n_passed passed, $n_failed failed"
[ "$n_failed" = 0 ]
