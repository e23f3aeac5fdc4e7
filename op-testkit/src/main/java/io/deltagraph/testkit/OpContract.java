package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.registry.OpRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * What every op is held to. A test class of one line checks an op:
 *
 * <pre>{@code
 * class SigmoidTest implements OpContract {
 *   @Override public Op<?> op() { return new Sigmoid(); }
 * }
 * }</pre>
 *
 * <p>All random numbers follow from one seed, which {@code -Ddeltagraph.seed=...} sets; a failure
 * prints the line that replays it.
 */
public interface OpContract {

  /** The op under test. */
  Op<?> op();

  /** Where other ops are found, those of the op's backward rule among them. */
  default OpLookup registry() {
    return OpRegistry.load();
  }

  /**
   * The ways to apply it. By default they are derived from the signature: all ranks from 0 to 4,
   * sizes 0 and 1, a named dimension, broadcasting on each side. Ops whose inputs have to fit
   * together in another way, or whose attributes have no defaults, list theirs.
   */
  default List<Case> cases() {
    return GeneratedCases.of(op(), registry());
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

  /**
   * Inputs through which no gradient flows although the output depends on them, on purpose, each
   * with the reason: only an op such as {@code stop_gradient} has any.
   */
  default Map<Integer, String> severedInputs() {
    return ImmutableMap.of();
  }

  /**
   * Why the op or its gradient is not a number somewhere among ±1e3 and ±1e-300, in a sentence;
   * empty, as for most ops, if it never is: results that overflow are infinite.
   */
  default String notNumbers() {
    return "";
  }

  /**
   * What holds of numbers far out and next to 0, and at infinity, compared with exact ones from the
   * op's lane expressions; inputs with a sampler stay as they are drawn. An op of this project
   * holds all that can hold, or states by how much less. An op with a prefix states what it likes:
   * until it does, what it would lack of {@link Extremes#exact} is reported.
   */
  default Extremes extremes() {
    return op().id().isBare() ? Extremes.exact() : Extremes.unstated();
  }

  /**
   * The backends that have to give the same bits: all that there are, the plain loops among them.
   */
  default List<Backend> backends() {
    return Backend.all(registry());
  }

  /**
   * The checks, one dynamic test each.
   *
   * @param reporter told how many of the seeded mistakes were caught, and which backends were
   *     compared
   */
  @TestFactory
  default Stream<DynamicNode> contract(TestReporter reporter) {
    return new Contract(
            new Subject(
                getClass().getSimpleName(),
                op(),
                registry(),
                ImmutableList.copyOf(cases()),
                ImmutableList.copyOf(refusals()),
                ImmutableMap.copyOf(severedInputs()),
                ImmutableMap.copyOf(equivalentMutants()),
                ImmutableList.copyOf(backends()),
                notNumbers(),
                this::extremes,
                Subject.chosenSeed()),
            reporter)
        .checks();
  }
}
