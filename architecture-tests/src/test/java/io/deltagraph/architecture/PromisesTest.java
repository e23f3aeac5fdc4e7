package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every exported type says what it promises. */
class PromisesTest {
  private static final String FIXTURES = "io.deltagraph.architecture.fixtures.promises.";

  private static final Pattern COMPARED = Pattern.compile("<include>(io\\.deltagraph\\.[^<]+)<");

  private static JavaClasses exportedTypes(ImmutableSet<String> exported) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(exported);
  }

  /** What the root pom compares with the last release is what promises to be stable. */
  @Test
  void whatIsStableIsComparedWithTheLastRelease() {
    ImmutableSet<String> exported = Promises.exported(Sources.root(), Design.modules());
    Set<String> stable = Promises.stable(exportedTypes(exported));
    stable.retainAll(exported);
    assertThat(
            COMPARED
                .matcher(Sources.read(Sources.root().resolve("pom.xml")))
                .results()
                .map(found -> found.group(1)))
        .containsExactlyElementsOf(stable);
  }

  @Test
  void everyExportedTypeIsMarked() {
    ImmutableSet<String> exported = Promises.exported(Sources.root(), Design.modules());
    assertThat(exported)
        .contains("io.deltagraph.graph", "io.deltagraph.testkit", "io.deltagraph.data")
        .doesNotContain("io.deltagraph.reference");
    Promises.areMade(exported).check(exportedTypes(exported));
  }

  /** What protobuf's compiler writes is seen by the module that reads and writes ONNX alone. */
  @Test
  void noLibraryStandsInWhatIsExported() {
    ImmutableSet<String> exported =
        Promises.exported(
            Sources.root(), Sets.difference(Design.modules(), ImmutableSet.of("onnx-proto")));
    Promises.speakTheJdk(exported).check(exportedTypes(exported));
  }

  @Test
  void aLibrarysTypeInASignatureIsFound() {
    ImmutableSet<String> packages = ImmutableSet.of(FIXTURES + "libraries");
    assertThat(
            Promises.speakTheJdk(packages)
                .evaluate(new ClassFileImporter().importPackages(packages))
                .getFailureReport()
                .getDetails())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("Shown.names() shows " + ImmutableList.class.getName()))
        .anyMatch(line -> line.endsWith(" shows " + ImmutableSet.class.getName()));
  }

  @Test
  void aTypeWithoutAPromiseIsFound() {
    assertThat(found("silent").getFailureReport().getDetails())
        .singleElement()
        .asString()
        .startsWith(FIXTURES + "silent.Silent promises nothing");
  }

  @Test
  void anExportedTypeThatIsMarkedInternalIsFound() {
    assertThat(found("marked").getFailureReport().getDetails())
        .singleElement()
        .asString()
        .startsWith(FIXTURES + "marked.Inner is exported and marked INTERNAL");
  }

  private static EvaluationResult found(String fixture) {
    ImmutableSet<String> packages = ImmutableSet.of(FIXTURES + fixture);
    return Promises.areMade(packages).evaluate(new ClassFileImporter().importPackages(packages));
  }
}
