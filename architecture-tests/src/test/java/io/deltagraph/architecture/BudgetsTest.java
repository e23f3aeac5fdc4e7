package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes that a reader can hold in their head. */
class BudgetsTest {
  /** Ops that may be longer than the others, each with the reason. */
  private static final ImmutableMap<String, String> LONG_OPS = ImmutableMap.of();

  private static final Path ROOT = Sources.root();

  @TempDir private Path folder;

  @Test
  void noFileIsTooLong() {
    assertThat(Budgets.filesOverBudget(ROOT, Design.modules())).isEmpty();
  }

  @Test
  void theEngineIsSmall() {
    assertThat(Budgets.partsOverBudget(ROOT)).isEmpty();
    assertThat(Budgets.codeLinesOfCore(ROOT)).isPositive();
  }

  /** Else a package that was renamed or moved would have no budget any more. */
  @ParameterizedTest
  @MethodSource("packagesWithBudget")
  void everyBudgetIsThatOfAPackage(String name) {
    assertThat(Design.ENGINE_PACKAGES).contains(name);
    assertThat(Budgets.codeLinesOf(ROOT, name)).isPositive();
  }

  static Iterable<String> packagesWithBudget() {
    return Budgets.CODE_LINES_OF_PACKAGE.keySet();
  }

  @Test
  void noOpIsTooLong() {
    assertThat(Budgets.opsOverBudget(Budgets.ops(ROOT, Budgets.MODULES_OF_OPS), LONG_OPS))
        .isEmpty();
  }

  @Test
  void aFileOfOneLineTooManyIsFound() throws IOException {
    write("engine/src/main/java/Exact.java", "x\n".repeat(400));
    write("engine/src/main/java/Long.java", "x\n".repeat(401));
    assertThat(Budgets.filesOverBudget(folder, ImmutableSet.of("engine")))
        .containsExactly(Path.of("engine/src/main/java/Long.java") + " has 401 lines");
  }

  @Test
  void commentsAndBlankLinesOfTheEngineCostNothing() throws IOException {
    write("engine/src/main/java/a/A.java", "int a;\n\n// b\n/* c\n d */\nint e; // f\n");
    write("engine/src/main/java/b/B.java", "String s = \"/*\";\nint g;\nString t = \"*/\";\n \n");
    write("engine/src/test/java/b/B.java", "int h;\n");
    write("engine/src/main/java/io/deltagraph/reference/R.java", "import a;\nint r;\n");
    assertThat(Budgets.codeLinesOfCore(folder)).isEqualTo(5);
    write("engine/src/main/java/io/deltagraph/tiering/S.java", "int s;\nint t;\n");
    assertThat(Budgets.codeLinesOfCore(folder)).isEqualTo(5);
    assertThat(Budgets.codeLinesOf(folder, "reference")).isEqualTo(1);
    assertThat(Budgets.codeLinesOf(folder, "tiering")).isEqualTo(2);
  }

  @Test
  void aPartOfTheEngineThatIsOverItsBudgetIsFound() throws IOException {
    write("engine/src/main/java/a/A.java", "x\n".repeat(Budgets.CODE_LINES_OF_THE_CORE));
    int most = Budgets.CODE_LINES_OF_PACKAGE.get("tiering");
    write("engine/src/main/java/io/deltagraph/tiering/T.java", "x\n".repeat(most));
    assertThat(Budgets.partsOverBudget(folder)).isEmpty();
    write("engine/src/main/java/b/B.java", "x\n");
    write("engine/src/main/java/io/deltagraph/tiering/U.java", "x\n");
    assertThat(Budgets.partsOverBudget(folder))
        .containsExactly(
            "the core has %d lines of code".formatted(Budgets.CODE_LINES_OF_THE_CORE + 1),
            "tiering has %d lines of code".formatted(most + 1));
  }

  @Test
  void aLongOpIsFound() throws IOException {
    provide("a.Short", "a.Long");
    write(
        "ops-core/src/main/java/a/Short.java",
        "package a;\nimport b;\n// c\n\n" + "x\n".repeat(60));
    write("ops-core/src/main/java/a/Long.java", "x\n".repeat(61));
    assertThat(opsOverBudget(ImmutableMap.of())).containsExactly("a.Long has 61 lines of code");
    assertThat(opsOverBudget(ImmutableMap.of("a.Long", "it has two kinds of axes"))).isEmpty();
  }

  @Test
  void anOpWithoutFileIsFound() throws IOException {
    provide("a.Nested");
    assertThat(opsOverBudget(ImmutableMap.of()))
        .containsExactly("a.Nested is provided, but has no file of its own");
  }

  @Test
  void anExceptionThatNothingNeedsIsFound() throws IOException {
    provide("a.Short");
    write("ops-core/src/main/java/a/Short.java", "x\n");
    assertThat(opsOverBudget(ImmutableMap.of("a.Short", "once long", "a.Gone", "once there")))
        .containsExactly(
            "a.Gone is an exception, but no op",
            "a.Short is an exception, but has 1 lines of code");
  }

  private Iterable<String> opsOverBudget(ImmutableMap<String, String> exceptions) {
    return Budgets.opsOverBudget(Budgets.ops(folder, ImmutableSet.of("ops-core")), exceptions);
  }

  private void provide(String... names) throws IOException {
    write(
        "ops-core/src/main/resources/META-INF/services/io.deltagraph.graph.Op",
        "# ops\n" + String.join("\n", names) + "\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
