#!/usr/bin/env bash
# Spark 4.2.0 by Maven: a project whose one dependency is spark-mllib_2.13 gets scala-library 2.13.13 beside scala-reflect 2.13.18,
# and no session starts. Spark's own jars ask for 2.13.18, but Maven takes the version that is nearest in the tree, of equally near
# ones the first: scala-parser-combinators 2.4.0, the first dependency of spark-mllib, asks for 2.13.13. A project that names
# spark-sql_2.13 before spark-mllib_2.13, same versions, gets 2.13.18 for both and runs.
#
# Seen: mllib alone: 2.13.13 and 2.13.18, and an error when the session starts; spark-sql first: 2.13.18 twice, and 3 rows are counted.
# Needs a JDK 17 or newer (JAVA_HOME, or java on the path) and Maven; takes about 350 MB of Maven's repository.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
bin=${JAVA_HOME:+$JAVA_HOME/bin/}

cat > Session.java <<'JAVA'
import org.apache.spark.sql.SparkSession;

class Session {
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .getOrCreate();
    System.out.println("rows " + spark.range(3).count());
    spark.stop();
  }
}
JAVA

opens=()
for package in lang lang.invoke lang.reflect io net nio util util.concurrent util.concurrent.atomic; do
  opens+=(--add-opens "java.base/java.$package=ALL-UNNAMED")
done
for package in sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar jdk.internal.ref; do
  opens+=(--add-opens "java.base/$package=ALL-UNNAMED")
done

try() {
  name=$1
  shift
  mkdir "$name"
  {
    echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
    echo '<groupId>example</groupId><artifactId>example</artifactId><version>1</version><dependencies>'
    for artifact in "$@"; do
      echo "<dependency><groupId>org.apache.spark</groupId><artifactId>$artifact</artifactId><version>4.2.0</version></dependency>"
    done
    echo '</dependencies></project>'
  } >"$name/pom.xml"
  mvn -q -B -f "$name/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath \
    -Dmdep.outputFile="$folder/$name.path" >/dev/null
  tr ':' '\n' <"$name.path" | sed -nE 's#.*/(scala-(library|reflect)-2[0-9.]*)\.jar#\1#p' | sort | tr '\n' ' ' | sed 's/ $//' >"$name.scala"
  "${bin}javac" -nowarn -cp "$(cat "$name.path")" -d "$name" Session.java 2>/dev/null
  "${bin}java" "${opens[@]}" -cp "$name:$(cat "$name.path")" Session >"$name.out" 2>"$name.err" || true
  echo "$name: $(cat "$name.scala"); $(grep -E '^rows' "$name.out" || grep -m1 -oE 'java\.[a-zA-Z.]*(Error|Exception)[^,]*' "$name.err" | cut -c1-120)"
}

try mllib-alone spark-mllib_2.13
try sql-first spark-sql_2.13 spark-mllib_2.13

[ "$(cat mllib-alone.scala)" = 'scala-library-2.13.13 scala-reflect-2.13.18' ]
[ "$(cat sql-first.scala)" = 'scala-library-2.13.18 scala-reflect-2.13.18' ]
! grep -q '^rows' mllib-alone.out
grep -q '^rows 3$' sql-first.out
echo "As it was seen."
