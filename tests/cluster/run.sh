#!/bin/sh
# Runs tests/cluster/cluster.go: three dqlite nodes, the leader killed in the middle of a stream of inserts. Ends with "N passed, N failed",
# or with a line "skipped: …" that names the packages it needs.
#   run.sh PRELOAD LIBRARY     (make cluster)
here=$(dirname "$0")
preload=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") && library=$(cd "$(dirname "$2")" && pwd)/$(basename "$2") || exit 1
if [ "$(uname -s)" != Linux ]; then echo 'skipped: the cluster needs Linux, for LD_PRELOAD and dqlite'; exit 0; fi
"$here/../../ext/packages/need.sh" 'the cluster' go:golang-go sqlite3:sqlite3 /usr/include/dqlite.h:libdqlite-dev \
  /usr/share/gocode/src/github.com/canonical/go-dqlite/app/app.go:golang-github-canonical-go-dqlite-dev || exit 0
# In memory where that can be had: the test kills processes, and disks are slow to say that they have written.
work=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$work/cache GOFLAGS='' CGO_LDFLAGS_ALLOW=-Wl,-z,now \
  go build -o "$work/cluster" "$here/cluster.go" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
mkdir "$work/nodes"
"$work/cluster" run "$preload" sqlite3 "$library" "$here/../data/flights.csv" "$work/nodes"
