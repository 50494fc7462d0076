#!/bin/sh
# library.sh PLATFORM OUT SOURCES INCLUDE: compiles the amalgamation in the folder SOURCES for a platform, into the folder OUT, against
# SQLite's headers in INCLUDE. Where the compiler cannot be had it says so and leaves the folder out.
set -e
platform=$1 out=$2 sources=$3 include=$4
here=$(dirname "$0")
# Linux: no other library is named, so that one file serves every libc: the process has what it calls.
elf='-O2 -fPIC -shared -fno-math-errno -nostdlib -s -Wl,-z,nodelete,-z,relro,-z,now,--build-id=none'
case $platform in
  linux-x64)
    flags=$elf suffix=so compiler=x86_64-linux-gnu-gcc needs=$compiler:gcc-x86-64-linux-gnu
    if [ "$(uname -sm)" = 'Linux x86_64' ]; then compiler=${CC:-cc} needs=${compiler%% *}:gcc; fi
    ;;
  linux-arm64)
    flags="$elf -mno-outline-atomics" suffix=so compiler=aarch64-linux-gnu-gcc
    needs="$compiler:gcc-aarch64-linux-gnu /usr/aarch64-linux-gnu/include/string.h:libc6-dev-arm64-cross"
    if [ "$(uname -sm)" = 'Linux aarch64' ]; then compiler=${CC:-cc} needs=${compiler%% *}:gcc; fi
    ;;
  win32-x64)
    # The linker would derive the address from the path of the file: the same bytes in any folder need the usual one.
    flags='-O2 -shared -static-libgcc -s -Wl,--no-insert-timestamp,--image-base,0x180000000' suffix=dll compiler=x86_64-w64-mingw32-gcc
    needs=$compiler:gcc-mingw-w64-x86-64
    ;;
  darwin-*)
    flags='-O2 -fPIC -dynamiclib -undefined dynamic_lookup' suffix=dylib compiler=${CC:-cc} needs=${compiler%% *}:gcc
    case $platform in
      *-arm64) flags="$flags -arch arm64 -mmacosx-version-min=11.0" ;;
      *) flags="$flags -arch x86_64 -mmacosx-version-min=10.13" ;;
    esac
    ;;
esac
# shellcheck disable=SC2086
"$here/../need.sh" "the library for $platform" $needs || exit 0
rm -rf "$out" && mkdir -p "$out"
echo "CC   $out"
case $platform in
  linux-*)
    $compiler $flags -I"$include" -c -o "$out/mlmetrics.o" "$sources/mlmetrics.c"
    $compiler $flags -o "$out/mlmetrics.so" "$out/mlmetrics.o" -lgcc
    $compiler $flags -I"$include" -I"$sources" -o "$out/mlmetrics-preload.so" "$here/../preload/preload.c" "$out/mlmetrics.o" -lgcc
    rm "$out/mlmetrics.o"
    ;;
  *) $compiler $flags -I"$include" -o "$out/mlmetrics.$suffix" "$sources/mlmetrics.c" ;;
esac
touch "$out/made"
