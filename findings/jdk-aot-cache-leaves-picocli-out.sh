#!/usr/bin/env bash
# JDK 25's AOT cache and picocli 4.7.7: a command line that is made with picocli starts with a cache that holds the program and
# the JDK, and not one class of picocli, although the training run used 100 of them and the cache was made without a warning.
# picocli is compiled for Java 5. Classes older than Java 6 have no stack maps, are checked by the old verifier and are not
# archived, which is said in the log of making the cache alone (-Xlog:aot, "Old class has been linked"). With -XX:AOTMode=on,
# which demands a cache that can be used, nothing is said either. commons-cli 1.9.0, for Java 8, is archived.
#
# Seen: of picocli 0 classes come from the cache and 100 or more from its jar; of commons-cli all come from the cache.
# Needs a JDK 25 (JAVA25_HOME, or java on the path) and Maven.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
bin=${JAVA25_HOME:+$JAVA25_HOME/bin/}
for artifact in info.picocli:picocli:4.7.7 commons-cli:commons-cli:1.9.0; do
  mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
    -Dartifact="$artifact" -DoutputDirectory="$folder/lib" >/dev/null
done

cat > Hello.java <<'JAVA'
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Options;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "hello")
class Hello implements Runnable {
  @Option(names = "--name")
  String name = "you";

  public void run() {
    System.out.println("Hello " + name);
  }

  public static void main(String[] arguments) throws Exception {
    Options options = new Options();
    options.addOption(null, "name", true, "whom to greet");
    new DefaultParser().parse(options, arguments);
    System.exit(new CommandLine(new Hello()).execute(arguments));
  }
}
JAVA
libraries=$(printf '%s:' lib/*.jar)
"${bin}javac" -proc:none -cp "$libraries" -d classes Hello.java
"${bin}jar" --create --file hello.jar -C classes .

"${bin}java" -XX:AOTCacheOutput=hello.aot -cp "hello.jar:$libraries" Hello --name A >made.txt 2>&1
"${bin}java" -XX:AOTCache=hello.aot -XX:AOTMode=on -Xlog:class+load:file=loaded.txt -cp "hello.jar:$libraries" Hello --name A

count() { grep -E "$1" loaded.txt | grep -c "$2" || true; }
for library in 'Hello ' 'picocli\.' ' org\.apache\.commons\.cli\.'; do
  echo "$library from the cache: $(count "$library" 'shared objects file'), from a jar: $(count "$library" '\.jar')"
done
"${bin}java" -version 2>&1 | head -1

[ "$(count ' Hello ' 'shared objects file')" = 1 ]
[ "$(count ' picocli\.' 'shared objects file')" = 0 ]
[ "$(count ' picocli\.' '\.jar')" -ge 100 ]
[ "$(count ' org\.apache\.commons\.cli\.' 'shared objects file')" -ge 5 ]
[ "$(count ' org\.apache\.commons\.cli\.' '\.jar')" = 0 ]
! grep -qi 'warning' made.txt
echo "As it was seen."
