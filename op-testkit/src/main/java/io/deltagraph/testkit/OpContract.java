package io.deltagraph.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every op is held to. A test class of one line checks an op:
 *
 * <pre>{@code
 * class SigmoidTest implements OpContract {
 *   @Override public Op<?> op() { return new Sigmoid(); }
 * }
 * }</pre>
 */
public interface OpContract {

  /** The op under test. */
  Op<?> op();

  /**
   * The ways to apply it. By default they are derived from the signature: all ranks from 0 to 4,
   * sizes 0 and 1, a named dimension, broadcasting on each side. Ops whose inputs have to fit
   * together in another way, or whose attributes have no defaults, list theirs.
   */
  default List<Case> cases() {
    return List.of();
  }

  /** Ways to apply the op that it must refuse, with a message that says why. */
  default List<Case> refusals() {
    return List.of();
  }

  /**
   * Mistakes that change nothing for this op, each with the reason: exchanging the operands of a
   * symmetric rule.
   */
  default Map<Mutator, String> equivalentMutants() {
    return ImmutableMap.of();
  }

  /** The checks, one dynamic test each. */
  @TestFactory
  default Stream<DynamicNode> contract() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "one accepted sort per declared input",
            () ->
                assertEquals(
                    ImmutableList.copyOf(op().signature().inputs()).size(),
                    op().signature().inputs().stream().map(p -> p.name()).distinct().count(),
                    "the names of the inputs are distinct")));
  }
}
