#!/usr/bin/env bash
# Guest code against the same source built natively with clang -O2, each warm, paired.
#   --rounds N (7)   --warm-up SECONDS (5, per kernel)   --smoke: a few seconds
#   JVM options in JAVA_OPTS
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/java.sh"
command -v "${CC:=clang}" >/dev/null || { echo "$CC is missing: apt-get install clang" >&2; exit 3; }
rounds=7
warm_up=5
while [ $# -gt 0 ]; do
  case $1 in
    --smoke) rounds=1 warm_up=0.1; shift ;;
    --rounds) rounds=$2; shift 2 ;;
    --warm-up) warm_up=$2; shift 2 ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
done
"$CC" -std=gnu11 -O2 -fno-math-errno -Wall -Wextra -Werror -o benchmarks/target/compute benchmarks/guests/compute.c
# shellcheck disable=SC2086 # JAVA_OPTS is a list of words
exec "$java" -XX:-DontCompileHugeMethods ${JAVA_OPTS:-} -cp benchmarks/target/benchmarks.jar \
  wagi.benchmarks.GuestCompute benchmarks/target/compute "$rounds" "$warm_up"
