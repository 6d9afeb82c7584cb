# Sourced by the scripts here: goes to the checkout's top directory, finds a JDK 25 or newer
# ($java) and the two jars.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
java=
for home in ${WAGI_JAVA_HOME:-} ${JAVA_HOME:-} /usr/lib/jvm/* /opt/java/*; do
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
  if [ "${version:-0}" -ge 25 ] && [ -x "$home/bin/javac" ]; then java=$home/bin/java; break; fi
done
[ -n "$java" ] || { echo "no JDK 25 found; set WAGI_JAVA_HOME" >&2; exit 5; }
for jar in target/wagi-server.jar benchmarks/target/benchmarks.jar; do
  [ -e "$jar" ] || { echo "$jar is missing; benchmarks/README.md says how to build it" >&2; exit 3; }
done
