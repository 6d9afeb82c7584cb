#!/usr/bin/env bash
# JMH with its own options: benchmarks/jmh.sh WarmRequest -prof gc
# --smoke runs every benchmark once, in a few seconds, to see that it works; its times say nothing.
set -euo pipefail
source "$(dirname "$0")/java.sh"
quiet=(--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED)
smoke=
if [ "${1:-}" = --smoke ]; then
  smoke=yes
  shift
  set -- -f 0 -wi 0 -i 1 -r 20ms -foe true -v SILENT "$@"
fi
"$java" "${quiet[@]}" -jar benchmarks/target/benchmarks.jar "$@"
[ -z "$smoke" ] || echo "every benchmark ran"
