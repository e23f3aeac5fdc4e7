package io.deltagraph.closedform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Holds the page of formulas and the tests to each other. */
class FormulaPageTest {
  private static final String PAGE =
      FormulaPage.read(FormulaPage.root().resolve("docs/formulas.md"));

  @TempDir private Path folder;

  /**
   * The display names of the test methods that run, as JUnit itself finds them; disabled ones do
   * not count.
   */
  private static List<String> displayNames(DiscoverySelector selector) {
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build();
    TestPlan plan =
        LauncherFactory.create(config)
            .discover(LauncherDiscoveryRequestBuilder.request().selectors(selector).build());
    List<String> names = new ArrayList<>();
    for (TestIdentifier root : plan.getRoots()) {
      for (TestIdentifier test : plan.getDescendants(root)) {
        Optional<TestSource> source = test.getSource();
        if (source.isPresent() && source.get() instanceof MethodSource method) {
          boolean disabled =
              method.getJavaMethod().isAnnotationPresent(Disabled.class)
                  || method.getJavaClass().isAnnotationPresent(Disabled.class);
          if (!disabled) {
            names.add(test.getDisplayName());
          }
        }
      }
    }
    return names;
  }

  private static List<String> ownNames() {
    return displayNames(selectPackage("io.deltagraph.closedform"));
  }

  @Test
  @DisplayName("every row of the page has a test, and every test's id has a row")
  void pageAndTestsAgree() {
    assertThat(FormulaPage.rows(PAGE)).hasSizeGreaterThan(90);
    assertThat(FormulaPage.disagreements(PAGE, ownNames())).isEmpty();
  }

  @Test
  @DisplayName("no source of any module names an id that has no row")
  void noStrangers() throws IOException {
    int folders = 0;
    try (var modules = Files.list(FormulaPage.root())) {
      for (Path module : modules.filter(m -> Files.isDirectory(m.resolve("src"))).toList()) {
        assertThat(FormulaPage.strangers(PAGE, module.resolve("src")))
            .as(module.getFileName().toString())
            .isEmpty();
        folders++;
      }
    }
    assertThat(folders).isGreaterThan(5);
  }

  @Test
  @DisplayName("the worked example names the slips as the page does")
  void slipsOfTheWorkedExample() {
    List<String> ofFile004 =
        FormulaPage.rows(PAGE).stream().filter(id -> id.startsWith("S-004-")).toList();
    assertThat(WorkedExample.slips().stream().map(WorkedExample.Slip::id).toList())
        .containsExactlyElementsOf(ofFile004);
  }

  @Test
  @DisplayName("a row whose tests are taken away is found, for every row")
  void missingTest() {
    List<String> names = ownNames();
    for (String row : FormulaPage.rows(PAGE)) {
      List<String> others =
          names.stream().filter(name -> !FormulaPage.ids(name).contains(row)).toList();
      assertThat(FormulaPage.disagreements(PAGE, others))
          .contains("the row " + row + " has no test whose display name holds it");
    }
  }

  @Test
  @DisplayName("an id without a row, a misspelt one, a row twice and a row without an id are found")
  void seededMistakes() throws IOException {
    String unknown = "F-ACT-" + "99";
    String misspelt = "S-004-" + "1x";
    List<String> names = new ArrayList<>(ownNames());
    names.add("a test of " + unknown);
    names.add("a test of " + misspelt);
    assertThat(FormulaPage.disagreements(PAGE, names))
        .containsExactly(
            "the test 'a test of " + unknown + "' names " + unknown + ", which has no row",
            "the test 'a test of " + misspelt + "' names " + misspelt + ", which has no row");
    String table =
        "| id | what |\n|---|---|\n| F-FWD-01 | a |\n| F-FWD-01 | b |\n| F-FWD-1 | c |\n\n| x | y |\n|---|---|\n| z | - |\n";
    assertThat(FormulaPage.disagreements(table, List.of("F-FWD-01 tested")))
        .containsExactly(
            "the id F-FWD-01 has two rows",
            "the row 'F-FWD-1' has no id of the form F-ACT-07 or S-000-1",
            "the row F-FWD-1 has no test whose display name holds it");
    Files.writeString(folder.resolve("A.java"), "// see " + unknown + " and F-ACT-01");
    assertThat(FormulaPage.strangers(PAGE, folder))
        .containsExactly("A.java names " + unknown + ", which has no row");
  }

  @Test
  @DisplayName("a test that is disabled does not count")
  void disabledTest() {
    assertThat(displayNames(selectClass(Fixture.class))).containsExactly("runs");
  }

  /** Only looked at, never run by the build, which passes nested classes over. */
  static class Fixture {
    @Test
    @DisplayName("runs")
    void runs() {
      assertThat(PAGE).isNotEmpty();
    }

    @Test
    @Disabled("to show that it is not counted")
    @DisplayName("sleeps")
    void sleeps() {
      assertThat(PAGE).isEmpty();
    }
  }
}
