#!/usr/bin/env bash
# Resident memory and heap of a server with three hello modules over many requests.
#   --requests N (1000000)  --jvm OPTION (repeatable)  --out FILE.md (appends)  --smoke
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../java.sh"
command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 3; }
exec "$java" -XX:+UseSerialGC -Xmx128m -XX:TieredStopAtLevel=1 -cp benchmarks/target/benchmarks.jar wagi.benchmarks.load.Soak "$@"
