package io.deltagraph.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Op;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs contracts and checks, and tells what failed. */
final class Launch {
  static final String REGISTERED = "registered once, in both lists of services";

  private Launch() {}

  static EngineExecutionResults run(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute();
  }

  /** The message of every failed check but registration, which the zoo does without. */
  static Map<String, String> failures(Class<?> contract) {
    Map<String, String> failures = all(contract);
    failures.remove(REGISTERED);
    return failures;
  }

  /** What the checks told beside passing or failing. */
  static List<String> reports(Class<?> contract) {
    return run(contract).allEvents().reportingEntryPublished().stream()
        .map(event -> event.getPayload(ReportEntry.class).orElseThrow().toString())
        .toList();
  }

  /** The message of every failed check. */
  static Map<String, String> all(Class<?> contract) {
    Map<String, String> failures = new LinkedHashMap<>();
    for (Event event : run(contract).testEvents().failed().list()) {
      String check = event.getTestDescriptor().getDisplayName();
      Throwable thrown =
          event.getPayload(TestExecutionResult.class).orElseThrow().getThrowable().orElseThrow();
      failures.put(check, String.valueOf(thrown.getMessage()));
    }
    return failures;
  }

  /** What a check has to say, empty if it passes. */
  static String message(Runnable check) {
    try {
      check.run();
      return "";
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
  }

  static Subject subject(Op<?> op, List<Case> cases) {
    return new Subject(
        "Zoo",
        op,
        ZooOps.registry(),
        ImmutableList.copyOf(cases),
        ImmutableList.of(),
        ImmutableMap.of(),
        ImmutableMap.of(),
        Backend.all(ZooOps.registry()),
        "",
        Extremes::exact,
        Subject.chosenSeed());
  }
}
