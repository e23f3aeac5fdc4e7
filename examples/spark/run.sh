#!/usr/bin/env bash
# Starts a Spark master and two workers of one core each on this machine, runs the example, and stops them.
# Usage: run.sh [ROWS]
#        run.sh measure [small]    the figures of docs/spark.md: some minutes on a machine that does nothing else
# First: mvn -q install -DskipTests (in the project), then mvn -q -f examples/spark package
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
java="${JAVA25_HOME:-${JAVA_HOME:-/usr}}/bin/java"
"$java" -version 2>&1 | grep -qE 'version "(2[5-9]|[3-9][0-9])' || {
  echo "Java 25 or newer is needed: let JAVA25_HOME name it." >&2
  exit 1
}

home=$PWD/target/home
[ -d "$home/jars" ] || { echo "There is no $home/jars: run 'mvn -q package' here first." >&2; exit 1; }
export SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
JAVA_HOME=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
export JAVA_HOME
work=$(mktemp -d)
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT

port=${SPARK_PORT:-7177}
url=spark://127.0.0.1:$port
# The driver runs in this very JVM: spark.driver.extraJavaOptions would come too late.
spark() { "$java" --add-modules jdk.incubator.vector --sun-misc-unsafe-memory-access=allow -cp "$home/jars/*" "$@"; }
daemon() {
  # A function in the background is a shell of its own: exec, so that what is stopped is Java itself.
  (exec "$java" --sun-misc-unsafe-memory-access=allow -Xmx512m -cp "$home/jars/*" "$@") >"$work/${#pids[@]}.log" 2>&1 &
  pids+=($!)
}
daemon org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port 0
for worker in 1 2; do
  daemon org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 3g \
    --work-dir "$work/worker$worker" "$url"
done
for _ in $(seq 60); do
  [ "$(grep -c 'Registering worker' "$work/0.log" || true)" = 2 ] && break
  sleep 0.5
done

class=com.acme.scale.Scale
arguments=("${1:-20000}" "$work/table")
memory=1g
if [ "${1:-}" = measure ]; then
  class=com.acme.scale.Measure
  arguments=("$work" "${2:-}")
  memory=3g
fi

# Local JVMs of a cluster of one machine; a real one has spark-submit for this.
spark org.apache.spark.deploy.SparkSubmit --master "$url" --class "$class" \
  --driver-memory "$memory" --executor-memory "$memory" \
  --conf spark.driver.host=127.0.0.1 --conf spark.driver.bindAddress=127.0.0.1 --conf spark.ui.enabled=false \
  --conf spark.sql.warehouse.dir="$work/warehouse" \
  --conf spark.executor.extraJavaOptions=--add-modules=jdk.incubator.vector \
  --conf spark.scheduler.minRegisteredResourcesRatio=1 --conf spark.cores.max=2 \
  target/acme-scale-1.0.jar "${arguments[@]}" 2>"$work/submit.log" || { tail -n 30 "$work/submit.log" >&2; exit 1; }
