#!/usr/bin/env bash
# Requests per second of wagi-server as a share of the floor, on loopback, paired in one run.
#   --rounds N (5)  --seconds N (4, of each measurement)  --warm-up N (10, seconds per route)
#   --connections 16,256  --peer NAME=URL (repeatable)  --jvm OPTION (repeatable, for wagi-server)
#   --out FILE.md (benchmarks/results/<date>.md; the chart goes beside it as .svg)
#   --smoke: a few seconds, nothing written
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../java.sh"
command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 3; }
exec "$java" -XX:+UseSerialGC -Xmx128m -XX:TieredStopAtLevel=1 -cp benchmarks/target/benchmarks.jar wagi.benchmarks.load.Load "$@"
