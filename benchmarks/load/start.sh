#!/usr/bin/env bash
# Time to ready and to the first answer: three small modules and twenty of 1-2 MB, first start
# (empty cache) and later ones.
#   --rounds N (3)  --modules N (20)  --jvm OPTION (repeatable)  --out FILE.md (appends)  --smoke
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../java.sh"
exec "$java" -XX:+UseSerialGC -Xmx128m -XX:TieredStopAtLevel=1 -cp benchmarks/target/benchmarks.jar wagi.benchmarks.load.Start "$@"
