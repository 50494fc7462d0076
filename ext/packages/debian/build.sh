#!/bin/sh
# build.sh SOURCES.tar.gz WORK OUT VERSION: builds the Debian package in the folder WORK from the source archive, into the folder OUT.
set -e
sources=$1 work=$2 out=$3 version=$4
here=$(cd "$(dirname "$0")" && pwd)
tree=$work/mlmetrics-$version
rm -rf "$work" && mkdir -p "$work"
tar xzf "$sources" -C "$work"
mkdir "$tree/debian" "$tree/debian/source"
cp "$here/control" "$here/rules" "$here"/*.lintian-overrides "$tree/debian/"
echo '3.0 (native)' >"$tree/debian/source/format"
# The licence as the copyright file wants it: indented, with a dot for an empty line, without the heading and the copyright.
sed -e '1,/^Copyright/d' "$tree/LICENSE" | sed -e '1d' -e 's/^$/./' -e 's/^/ /' >"$work/licence"
sed -e "/@LICENSE@/{r $work/licence
d}" "$here/copyright" >"$tree/debian/copyright"
cat >"$tree/debian/changelog" <<END
mlmetrics ($version) unstable; urgency=medium

  * The changes are listed in ext/README.md of the sources.

 -- $(sed -n 's/^Maintainer: //p' "$here/control")  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
echo "DEB  $out, some minutes; the log is $work/log"
cd "$tree"
# The user's flags are not those of a distribution's package, and a make above must not pass its own on.
env -u CFLAGS -u CPPFLAGS -u LDFLAGS -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u MAKEOVERRIDES DEB_BUILD_OPTIONS="parallel=${JOBS:-2}" \
  dpkg-buildpackage -b -us -uc -d >../log 2>&1 || { tail -n 40 ../log; exit 1; }
mkdir -p "$out"
mv ../*.deb "$out/"
