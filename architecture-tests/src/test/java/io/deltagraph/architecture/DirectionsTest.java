package io.deltagraph.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Directions between packages and modules. */
class DirectionsTest {
  private static final String ROOT = "io.deltagraph";
  private static final ImportOption NOT_FROM_TESTS =
      location -> !location.contains("/test-classes/");
  private static final JavaClasses PROJECT =
      new ClassFileImporter().withImportOption(NOT_FROM_TESTS).importPackages(ROOT);

  static Iterable<String> modules() {
    return Design.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyModuleIsLookedAt(String module) {
    assertThat(PROJECT)
        .anyMatch(type ->
            type.getSource()
                .map(source -> source.getUri().toString().contains("/" + module + "/target/"))
                .orElse(false));
  }

  @Test
  void everyPackageBelongsToAModule() {
    Design.modules(ROOT).completeness().check(PROJECT);
  }

  @Test
  void modulesDependInOneDirection() {
    Design.modules(ROOT).directions().check(PROJECT);
  }

  @Test
  void enginePackagesDependOnThoseBeforeThem() {
    Design.enginePackages(ROOT).directions().check(PROJECT);
  }

  @Test
  void closedFormStandsAlone() {
    Design.closedFormStandsAlone(ROOT).check(PROJECT);
  }

  @Test
  void arraysAreKnownToBackendsAlone() {
    Design.arraysAreKnownToBackendsAlone(ROOT).check(PROJECT);
  }

  @Test
  void onlyTheCrossCheckKnowsTheClosedForm() {
    Design.onlyTheCrossCheckKnowsTheClosedForm(ROOT).check(PROJECT);
  }

  @Test
  void nothingBelowExperimentsKnowsThem() {
    Design.nothingBelowExperimentsKnowsThem(ROOT).check(PROJECT);
  }

  @Test
  void servingNeedsNoOptimizer() {
    Design.servingNeedsNoOptimizer(ROOT).check(PROJECT);
  }

  @Test
  void thereIsNoPackageCycle() {
    Design.noPackageCycle(ROOT).check(PROJECT);
  }

  @Test
  void thereIsNoGlobalState() {
    Design.noGlobalState(ROOT).check(PROJECT);
  }

  @Test
  void onlyTheCommandLinePrints() {
    Design.onlyTheCommandLinePrints(ROOT).check(PROJECT);
  }

  /** The same rules on packages laid out like the project's, with one mistake each. */
  @Nested
  @DisplayName("on a seeded violation")
  class OnSeededViolations {
    private static final String FIXTURES = "io.deltagraph.architecture.fixtures.";

    @Test
    void anUnknownPackageIsFound() {
      finds("unknown", Design.modules(FIXTURES + "unknown").completeness(), "unknown.helpers.Help");
    }

    @Test
    void aModuleLookingUpIsFound() {
      finds(
          "modules",
          Design.modules(FIXTURES + "modules").directions(),
          "ops-core may not depend on losses");
    }

    @Test
    void closedFormUsingTheEngineIsFound() {
      finds(
          "modules",
          Design.modules(FIXTURES + "modules").directions(),
          "closed-form may not depend on engine");
      finds("modules", Design.closedFormStandsAlone(FIXTURES + "modules"), "modules.tensor.Values");
    }

    @Test
    void closedFormUsingALibraryIsFound() {
      finds(
          "modules",
          Design.closedFormStandsAlone(FIXTURES + "modules"),
          "com.google.common.base.Preconditions");
    }

    @Test
    void anotherRoomWithTheClosedFormIsFound() {
      finds(
          "rooms",
          Design.onlyTheCrossCheckKnowsTheClosedForm(FIXTURES + "rooms"),
          "rooms.serving.Curious");
    }

    @Test
    void aSpecBelowExperimentsIsFound() {
      finds(
          "rooms",
          Design.nothingBelowExperimentsKnowsThem(FIXTURES + "rooms"),
          "rooms.serving.Curious");
    }

    @Test
    void anOptimizerInServingIsFound() {
      finds("rooms", Design.servingNeedsNoOptimizer(FIXTURES + "rooms"), "rooms.optimizers.Rule");
    }

    @Test
    void anEnginePackageLookingDownItsListIsFound() {
      finds(
          "engine",
          Design.enginePackages(FIXTURES + "engine").directions(),
          "type may not depend on graph");
    }

    @Test
    void aDependencyThroughAnArrayIsFound() {
      finds(
          "engine",
          Design.enginePackages(FIXTURES + "engine").directions(),
          "tensor may not depend on plan");
    }

    @Test
    void aPlanWithArraysIsFound() {
      finds("arrays", Design.arraysAreKnownToBackendsAlone(FIXTURES + "arrays"), "plan.Computing");
    }

    @Test
    void aPackageCycleIsFound() {
      finds("cycle", Design.noPackageCycle(FIXTURES + "cycle"), "Cycle detected");
    }

    @Test
    void globalStateIsFound() {
      finds("global", Design.noGlobalState(FIXTURES + "global"), "global.Counter.count");
    }

    @Test
    void printingIsFound() {
      finds(
          "printing",
          Design.onlyTheCommandLinePrints(FIXTURES + "printing"),
          "printing.graph.Loud");
    }

    private static void finds(String fixture, ArchRule rule, String expected) {
      JavaClasses seeded = new ClassFileImporter().importPackages(FIXTURES + fixture);
      assertThat(seeded).isNotEmpty();
      assertThatThrownBy(() -> rule.check(seeded))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(expected);
    }
  }
}
