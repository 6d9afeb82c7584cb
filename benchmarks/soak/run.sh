#!/usr/bin/env bash
# Whether the server stays as it is: 70 % load, a reload every 30 s, 5 % of the requests to hostile
# guests. Ends with a verdict; exit status 1 when an answer was wrong or something grew.
#   --minutes N (3)  --jvm OPTION (repeatable)  --out FILE.md (appends)  --smoke: 20 s
#   --leak: adds a module and a sleeping guest with each reload, which the verdict must notice
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../java.sh"
# With compiled modules of an earlier run, the compiler would be loaded late and look like growth.
rm -rf benchmarks/target/soak
# Its making would be measured as load; what it is for, a faster start, is not measured here.
export WAGI_AOT_CACHE=off
exec "$java" -XX:+UseSerialGC -Xmx192m -cp benchmarks/target/benchmarks.jar wagi.benchmarks.soak.SoakRun "$@"
