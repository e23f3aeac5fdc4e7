package io.deltagraph.architecture.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.testkit.OpContract;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/** Every op gives the bits of the plain loops on every backend, at sizes around the vectors'. */
class EveryOpTest {
  private static final String CHECK = "every backend agrees with the reference";
  private static final Pattern RUNS = Pattern.compile(": (\\d+) runs of ");

  /** Their attributes have no defaults, or their inputs fit no generated case. */
  private static final ImmutableSet<String> NOT_GENERATED =
      ImmutableSet.of(
          "broadcast_to",
          "cast",
          "einsum",
          "negative_log_likelihood",
          "reshape",
          "sparse_softmax_cross_entropy");

  private static final OpRegistry OPS = OpRegistry.load();

  private record Contract(Op<?> op) implements OpContract {}

  private static DynamicTest check(Op<?> op, TestReporter reporter) {
    return new Contract(op)
        .contract(reporter)
        .filter(node -> node.getDisplayName().equals(CHECK))
        .map(DynamicTest.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theVectorsAreHere() {
    assertThat(Backend.all(OPS)).hasSizeGreaterThan(1);
  }

  /** One test for each op, and last that they compared something. */
  @TestFactory
  Stream<DynamicNode> everyOp(TestReporter reporter) {
    Map<String, Integer> runs = new TreeMap<>();
    Stream<DynamicNode> ops =
        OPS.entries().keySet().stream()
            .map(id ->
                DynamicTest.dynamicTest(
                    id.name(), check(OPS.op(id), counting(id, runs, reporter)).getExecutable()));
    return Stream.concat(
        ops, Stream.of(DynamicTest.dynamicTest("all but a few", () -> allButAFew(runs))));
  }

  private static TestReporter counting(OpId id, Map<String, Integer> runs, TestReporter reporter) {
    return entries -> {
      reporter.publishEntry(entries);
      entries.forEach((key, text) -> {
        Matcher found = RUNS.matcher(text);
        if (found.find()) {
          runs.put(id.name(), Integer.valueOf(found.group(1)));
        }
      });
    };
  }

  private static void allButAFew(Map<String, Integer> runs) {
    assertThat(runs).hasSameSizeAs(OPS.entries());
    assertThat(runs.keySet().stream().filter(name -> runs.get(name) == 0))
        .containsExactlyInAnyOrderElementsOf(NOT_GENERATED);
  }
}
