package io.deltagraph.testkit;

import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpLookup;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is under test.
 *
 * @param contract the simple name of the test class, for the line that replays a failure
 * @param op the op
 * @param ops where other ops are found
 * @param cases the ways to apply it
 * @param refusals the ways to apply it that it refuses
 * @param severed inputs through which no gradient flows on purpose, with reasons
 * @param equivalent mistakes that change nothing, with reasons
 * @param backends what may run it, the reference among them
 * @param notNumbers why extremes give something that is not a number; empty if they do not
 * @param stated what holds of numbers far out and next to 0, asked for where it is needed: an op
 *     whose name is refused has no answer
 * @param seed the seed of all random numbers
 */
record Subject(
    String contract,
    Op<?> op,
    OpLookup ops,
    List<Case> cases,
    List<Case> refusals,
    Map<Integer, String> severed,
    Map<Mutator, String> equivalent,
    List<Backend> backends,
    String notNumbers,
    Supplier<Extremes> stated,
    long seed) {

  /** The system property that sets the seed. */
  static final String SEED = "deltagraph.seed";

  private static final long DEFAULT_SEED = 20_240_607;

  static long chosenSeed() {
    return Long.getLong(SEED, DEFAULT_SEED);
  }

  Extremes extremes() {
    return stated.get();
  }

  /** The line that runs this contract again with the same numbers. */
  String replay() {
    return "replay: mvn test -Dtest=" + contract + " -D" + SEED + "=" + seed;
  }
}
