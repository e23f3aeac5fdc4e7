package io.deltagraph.experiments;

import io.deltagraph.data.InputException;
import io.deltagraph.experiments.spec.Choice;
import io.deltagraph.experiments.spec.OptimizerSpec;
import io.deltagraph.experiments.spec.OptimizerSpec.Clipping.ByGlobalNorm;
import io.deltagraph.experiments.spec.OptimizerSpec.Clipping.ByValue;
import io.deltagraph.optimizers.Clipping;
import io.deltagraph.optimizers.Optimizer;
import io.deltagraph.optimizers.Optimizers;
import io.deltagraph.optimizers.OptionException;
import io.deltagraph.optimizers.Schedule;
import io.deltagraph.optimizers.Schedules;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the optimizer of a spec into one that can be run. */
public final class OptimizerPlans {
  private static final String PATH = "$.optimizer";
  private static final String LEARNING_RATE = "learningRate";

  private OptimizerPlans() {}

  /**
   * The optimizer with its schedule; gradients are clipped before it sees them.
   *
   * @param source what to call the spec in errors
   * @throws InputException with the JSON path of a name or option that is unknown, missing or out
   *     of range
   */
  public static Optimizer of(OptimizerSpec spec, String source) {
    Choice wanted = spec.schedule().orElse(Choice.of("constant"));
    Schedule schedule =
        checked(
            source,
            PATH + ".schedule",
            "",
            List.of("name"),
            () -> Schedules.named(wanted.name(), spec.learningRate(), wanted.plain()));
    Optimizer optimizer =
        checked(
            source,
            PATH,
            ".name",
            List.of("name", LEARNING_RATE, "schedule", "clipping"),
            () -> Optimizers.named(spec.rule().name(), schedule, spec.rule().plain()));
    return spec.clipping()
        .map(clipping ->
            switch (clipping) {
              case ByValue(double limit) -> Clipping.byValue(limit);
              case ByGlobalNorm(double limit) -> Clipping.byGlobalNorm(limit);
            })
        .map(transform -> transform.before(optimizer))
        .orElse(optimizer);
  }

  /** What was made; refusals name all fields, also those that the spec itself reads. */
  private static <T> T checked(
      String source, String path, String name, List<String> fields, Supplier<T> made) {
    try {
      return made.get();
    } catch (OptionException e) {
      String place =
          e.option()
              .map(option ->
                  option.equals(LEARNING_RATE) ? PATH + "." + option : path + "." + option)
              .orElse(path + name);
      if (e.known().isEmpty()) {
        throw new InputException(source + ", at " + place, e.found(), e.expected(), e.advice());
      }
      List<String> known = Stream.concat(fields.stream(), e.known().stream()).toList();
      throw new InputException(
          source + ", at " + place,
          e.found(),
          "only " + known.stream().map(InputException::quoted).collect(Collectors.joining(", ")),
          InputException.suggestion(e.option().orElseThrow(), known, "delete it"));
    }
  }
}
