#!/bin/sh
# Rebuilds compute.wasm. From Debian 12: apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32
set -eu
cd "$(dirname "$0")"
"${CC:-clang}" --target=wasm32-wasi -std=c11 -Wall -Wextra -Werror -O2 -fno-math-errno -s -o compute.wasm compute.c
chmod a-x compute.wasm
