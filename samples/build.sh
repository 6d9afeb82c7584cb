#!/bin/sh
# Rebuilds every sample and every test guest. The same tools give the same bytes, so that
# `git status` afterwards shows whether a committed .wasm belongs to its source.
#
# Tools, from Debian 12:
#   apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32 wabt rustc libstd-rust-dev-wasm32
# CC, RUSTC, WAT2WASM choose others.
set -eu
cd "$(dirname "$0")"

CC=${CC:-clang}
RUSTC=${RUSTC:-/usr/bin/rustc}
WAT2WASM=${WAT2WASM:-wat2wasm}
guests=../src/test/guests

fail() {
  echo "build.sh: $1" >&2
  exit 1
}

need() {
  command -v "$1" >/dev/null || fail "$1 is missing: apt-get install $2"
}

need "$CC" clang
need wasm-ld lld
need "$WAT2WASM" wabt
need "$RUSTC" rustc
[ -e "$("$CC" --target=wasm32-wasi -print-file-name=libc.a)" ] ||
  fail "$CC finds no C library for wasm32-wasi: apt-get install wasi-libc"
[ -e "$("$CC" --target=wasm32-wasi -print-libgcc-file-name)" ] ||
  fail "$CC finds no run-time library for wasm32: apt-get install libclang-rt-14-dev-wasm32"
[ -d "$("$RUSTC" --print target-libdir --target wasm32-wasi 2>/dev/null)" ] ||
  fail "$RUSTC has no wasm32-wasi library: apt-get install libstd-rust-dev-wasm32"

# c NAME: -s leaves out names and debug sections. Without -s, traps in the log name functions.
c() {
  "$CC" --target=wasm32-wasi -std=c11 -Wall -Wextra -Werror -Os -s -o "$1.wasm" "$1.c"
}

# rust NAME FUNCTION...: FUNCTIONs are exported beside _start. With lto and panic=abort little
# more than what the program uses remains of the standard library.
rust() {
  name=$1
  shift
  exports=
  for function in "$@"; do exports="$exports -C link-arg=--export=$function"; done
  # shellcheck disable=SC2086 # a list of words
  "$RUSTC" --edition 2021 --target wasm32-wasi -D warnings -C opt-level=s -C lto -C codegen-units=1 \
    -C panic=abort -C strip=symbols $exports -o "$name.wasm" "$name.rs"
}

# wat NAME OPTION...
wat() {
  name=$1
  shift
  "$WAT2WASM" "$@" -o "$name.wasm" "$name.wat"
}

c hello-c
c environment
c echo
c error
c log
c entrypoints
c redirect
c countdown
c krustlet-wagi-demo-index
c krustlet-wagi-demo-http-example

rust hello-rust
rust upload
rust files
rust routes _routes on_exact on_wildcard
rust krustlet-wagi-demo-log

# hello.wat is not here: the server runs it as text.
wat krustlet-wagi-demo-hello
wat krustlet-wagi-demo-error

c "$guests/volume"

for source in "$guests"/*.wat; do
  name=${source%.wat}
  case ${name##*/} in
    two-memories) wat "$name" --enable-multi-memory ;;
    memory64) wat "$name" --enable-memory64 ;;
    threads) wat "$name" --enable-threads ;;
    *) wat "$name" --debug-names ;;
  esac
done
# No more than the header of a component: magic, version 13, layer 1.
printf '\000asm\015\000\001\000' >"$guests/component.wasm"
{
  printf '\000asm\015\000\001\000\013\046\001\000\040'
  printf 'wasi:http/incoming-handler@0.2.0\005\000\000'
} >"$guests/component-http.wasm"
# A type section with a structure, which wabt cannot write; _start is empty.
{
  printf '\000asm\001\000\000\000\001\010\002\137\001\177\000\140\000\000\003\002\001\001'
  printf '\007\012\001\006_start\000\000\012\004\001\002\000\013'
} >"$guests/gc-types.wasm"

chmod a-x ./*.wasm "$guests"/*.wasm
wc -c ./*.wasm "$guests"/*.wasm
