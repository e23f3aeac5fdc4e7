package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Site;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.vmplugin.v8.IndyInterface;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The line that an error names is one that the user wrote, or none. */
public class SiteTest {
  /** An input, for what is typed in the shell as well. */
  public static Value input() {
    return new GraphBuilder(TestOps.registry()).input("x", TensorType.of(DType.F64, 2));
  }

  @Test
  @DisplayName("What calls on behalf of a script is passed over: the script's own line is named")
  void scripts() {
    Value x = input();
    int line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
    Value called = IndyInterface.<Value, Value>fromCache(x::plus, x);
    assertThat(((Apply) called).site()).isEqualTo(new Site("SiteTest.java", line));
  }

  /** What a user writes, under whatever name a compiler gives to its source. */
  public static final class Written implements UnaryOperator<Value> {
    @Override
    public Value apply(Value x) {
      return x.plus(x);
    }
  }

  @ParameterizedTest
  @DisplayName("Languages name files, their shells what is none")
  @CsvSource({
    "Main.kt, true",
    "Main.scala, true",
    "core.clj, true",
    "plot.groovy, true",
    "Notes.kts, true",
    "NO_SOURCE_FILE, false",
    "rs$line$6, false",
    "<console>, false",
  })
  void names(String source, boolean isFile) throws Exception {
    byte[] compiled;
    try (InputStream in = Written.class.getResourceAsStream("SiteTest$Written.class")) {
      compiled = Objects.requireNonNull(in).readAllBytes();
    }
    ClassFile format = ClassFile.of();
    byte[] renamed =
        format.transformClass(
            format.parse(compiled),
            ClassTransform.dropping(SourceFileAttribute.class::isInstance)
                .andThen(
                    ClassTransform.endHandler(type -> type.with(SourceFileAttribute.of(source)))));
    Class<?> type =
        new ClassLoader(SiteTest.class.getClassLoader()) {
          Class<?> define() {
            return defineClass(Written.class.getName(), renamed, 0, renamed.length);
          }
        }.define();
    @SuppressWarnings("unchecked")
    UnaryOperator<Value> written = (UnaryOperator<Value>) type.getConstructor().newInstance();
    Site site = ((Apply) written.apply(input())).site();
    assertThat(site.file()).isEqualTo(isFile ? source : "");
    assertThat(site.equals(Site.UNKNOWN)).isEqualTo(!isFile);
  }

  @Test
  @DisplayName("What is typed in jshell has no line that anyone would know")
  void shell(@TempDir Path folder) throws Exception {
    Path typed =
        Files.writeString(
            folder.resolve("typed.jsh"),
            """
            import io.deltagraph.graph.*;
            var x = io.deltagraph.building.SiteTest.input();
            System.out.println("site: " + ((Apply) x.plus(x)).site());
            /exit
            """);
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "--class-path",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-s",
                typed.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(out).content().contains("site: unknown line\n");
  }
}
