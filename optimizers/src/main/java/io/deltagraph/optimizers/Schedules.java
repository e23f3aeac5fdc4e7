package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Value;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Schedules of the learning rate. In all formulas {@code k = step − 1} is the number of steps made,
 * 0 at the first, and η₀ the learning rate there.
 */
public final class Schedules {
  private static final String WARM_UP = "warmUp";

  /** Follows the loss rather than the steps, and so takes no warm-up. */
  private static final String PLATEAU = "plateau";

  private static final Map<String, BiFunction<Double, Options, Schedule>> NAMED =
      ImmutableMap.<String, BiFunction<Double, Options, Schedule>>builder()
          .put("constant", (rate, options) -> Schedule.constant(rate))
          .put(
              "step",
              (rate, options) -> step(rate, options.count("every"), options.number("factor", 0.1)))
          .put("exponential", (rate, options) -> exponential(rate, options.number("factor")))
          .put(
              "inverse_time",
              (rate, options) ->
                  inverseTime(rate, options.number("decay"), options.count("every", 1)))
          .put(
              "polynomial",
              (rate, options) ->
                  polynomial(
                      rate,
                      options.number("end", 0),
                      options.count("steps"),
                      options.number("power", 1)))
          .put(
              "linear",
              (rate, options) -> linear(rate, options.number("end", 0), options.count("steps")))
          .put(
              "cosine",
              (rate, options) -> cosine(rate, options.number("end", 0), options.count("steps")))
          .put(
              PLATEAU,
              (rate, options) ->
                  new ReduceOnPlateau(
                      rate,
                      options.number("factor", 0.1),
                      options.count("patience", 10),
                      options.number("minDelta", 0),
                      options.number("least", 0)))
          .buildOrThrow();

  private Schedules() {}

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return NAMED.keySet().stream().toList();
  }

  /**
   * The schedule of that name: {@code constant}; {@code step} with the options {@code every} and
   * {@code factor} (0.1); {@code exponential} with {@code factor}; {@code inverse_time} with {@code
   * decay} and {@code every} (1); {@code polynomial} with {@code steps}, {@code end} (0) and {@code
   * power} (1); {@code linear} and {@code cosine} with {@code steps} and {@code end} (0); {@code
   * plateau} as {@link ReduceOnPlateau} with {@code factor} (0.1), {@code patience} (10), {@code
   * minDelta} (0) and {@code least} (0). Each but the last takes {@code warmUp}, a number of steps
   * of linear warm-up before it.
   *
   * @param learningRate η₀, above 0
   * @param options numbers by name; those with a default in brackets may be left out
   * @throws OptionException if the name or an option is unknown, or an option missing or out of
   *     range
   */
  public static Schedule named(String name, double learningRate, Map<String, ?> options) {
    BiFunction<Double, Options, Schedule> maker = NAMED.get(name);
    if (maker == null) {
      throw OptionException.unknownName("a schedule", name, names());
    }
    Options read = new Options("The schedule '" + name + "'", options);
    if (name.equals(PLATEAU)) {
      Schedule plateau = maker.apply(learningRate, read);
      read.done();
      return plateau;
    }
    OptionalInt warmUp = read.optionalCount(WARM_UP);
    Schedule schedule = maker.apply(learningRate, read);
    read.done();
    return warmUp.isPresent() ? warmUp(warmUp.getAsInt(), schedule) : schedule;
  }

  /**
   * The options of the schedule of that name, with their defaults as text; {@code needed} where
   * there is none.
   *
   * @throws OptionException if the name is unknown
   */
  public static Map<String, String> options(String name) {
    BiFunction<Double, Options, Schedule> maker = NAMED.get(name);
    if (maker == null) {
      throw OptionException.unknownName("a schedule", name, names());
    }
    Options asked = Options.asking();
    var _ = maker.apply(1.0, asked);
    if (!name.equals(PLATEAU)) {
      asked.optionalCount(WARM_UP);
    }
    return Collections.unmodifiableMap(asked.told());
  }

  /**
   * {@code η₀ factor^⌊k / every⌋}, as {@code torch.optim.lr_scheduler.StepLR}.
   *
   * @param every after how many steps it changes, from 1
   * @param factor above 0
   */
  public static Schedule step(double learningRate, int every, double factor) {
    OptionChecks.positive("learningRate", learningRate);
    OptionChecks.count("every", every);
    OptionChecks.positive("factor", factor);
    return step -> {
      Value times = made(step).over(every).floor();
      return step.constant(factor).pow(times).times(learningRate);
    };
  }

  /** {@code η₀ factor^k}, as {@code torch.optim.lr_scheduler.ExponentialLR}; factor above 0. */
  public static Schedule exponential(double learningRate, double factor) {
    return step(learningRate, 1, factor);
  }

  /**
   * {@code η₀ / (1 + decay k / every)}.
   *
   * @param decay not below 0
   * @param every from 1
   */
  public static Schedule inverseTime(double learningRate, double decay, int every) {
    OptionChecks.positive("learningRate", learningRate);
    OptionChecks.notNegative("decay", decay);
    OptionChecks.count("every", every);
    return step -> step.constant(learningRate).over(made(step).over(every).times(decay).plus(1));
  }

  /**
   * {@code end + (η₀ − end) (1 − min(k, steps) / steps)^power}, as {@code
   * torch.optim.lr_scheduler.PolynomialLR}, whose end is 0.
   *
   * @param end the rate after {@code steps} steps and from then on, not below 0
   * @param steps from 1
   * @param power above 0
   */
  public static Schedule polynomial(double learningRate, double end, int steps, double power) {
    OptionChecks.positive("learningRate", learningRate);
    OptionChecks.notNegative("end", end);
    OptionChecks.count("steps", steps);
    OptionChecks.positive("power", power);
    return step -> {
      Value left = progress(step, steps).oneMinus();
      Value weight = power == 1 ? left : left.pow(left.constant(power));
      return weight.times(learningRate - end).plus(end);
    };
  }

  /** {@link #polynomial} of power 1. */
  public static Schedule linear(double learningRate, double end, int steps) {
    return polynomial(learningRate, end, steps, 1);
  }

  /**
   * {@code end + ½ (η₀ − end) (1 + cos(π min(k, steps) / steps))} (Loshchilov and Hutter 2017,
   * without restarts), as {@code torch.optim.lr_scheduler.CosineAnnealingLR} up to {@code steps}.
   *
   * @param end the rate after {@code steps} steps and from then on, not below 0
   * @param steps from 1
   */
  public static Schedule cosine(double learningRate, double end, int steps) {
    OptionChecks.positive("learningRate", learningRate);
    OptionChecks.notNegative("end", end);
    OptionChecks.count("steps", steps);
    return step -> {
      Value wave = progress(step, steps).times(Math.PI).cos().plus(1);
      return wave.times((learningRate - end) / 2).plus(end);
    };
  }

  /**
   * {@code then(1) · step / (steps + 1)} for the first {@code steps} steps, then {@code then(step −
   * steps)} (Goyal et al. 2017): the rate grows by equal amounts up to the first one of {@code
   * then}, which comes at step {@code steps + 1}.
   *
   * @param steps from 1
   * @param then counts its steps from the end of the warm-up
   */
  public static Schedule warmUp(int steps, Schedule then) {
    OptionChecks.count("warmUp", steps);
    return step -> {
      Value one = step.constant(1);
      Value rising = then.at(one).times(step).over(steps + 1.0);
      Value later = then.at(step.minus(steps).maximum(one));
      return step.lessEqual(step.constant(steps)).where(rising, later);
    };
  }

  private static Value made(Value step) {
    return step.minus(1);
  }

  /** The part of {@code steps} that is done, from 0 to 1. */
  private static Value progress(Value step, int steps) {
    return made(step).minimum(step.constant(steps)).over(steps);
  }
}
