package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import org.junit.jupiter.api.Test;

/** Every exported type says what it promises. */
class PromisesTest {
  private static final String FIXTURES = "io.deltagraph.architecture.fixtures.promises.";

  @Test
  void everyExportedTypeIsMarked() {
    ImmutableSet<String> exported = Promises.exported(Sources.root(), Design.modules());
    assertThat(exported)
        .contains("io.deltagraph.graph", "io.deltagraph.testkit", "io.deltagraph.models.data")
        .doesNotContain("io.deltagraph.reference");
    JavaClasses project =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(exported);
    Promises.areMade(exported).check(project);
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
