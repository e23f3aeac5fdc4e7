package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableMap;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Optimizers by the names that specifications use. */
public final class Optimizers {
  private static final Map<String, BiFunction<Schedule, Options, Optimizer>> NAMED =
      ImmutableMap.<String, BiFunction<Schedule, Options, Optimizer>>builder()
          .put("gradient_descent", coupled((rate, options) -> new GradientDescent(rate)))
          .put(
              "sgd",
              coupled((rate, options) ->
                  new Sgd(
                      rate,
                      options.number("momentum", 0),
                      options.number("dampening", 0),
                      options.flag("nesterov", false))))
          .put(
              "adagrad",
              coupled((rate, options) ->
                  new Adagrad(
                      rate,
                      options.number("learningRateDecay", 0),
                      options.number("initialAccumulator", 0),
                      options.number("epsilon", 1e-10))))
          .put(
              "adadelta",
              coupled((rate, options) ->
                  new Adadelta(rate, options.number("rho", 0.9), options.number("epsilon", 1e-6))))
          .put(
              "rmsprop",
              coupled((rate, options) ->
                  new RmsProp(
                      rate,
                      options.number("alpha", 0.99),
                      options.number("epsilon", 1e-8),
                      options.number("momentum", 0),
                      options.flag("centered", false))))
          .put(
              "adam",
              coupled((rate, options) ->
                  new Adam(rate, beta1(options), beta2(options), epsilon(options))))
          .put(
              "adamw",
              (rate, options) ->
                  new AdamW(
                      rate,
                      beta1(options),
                      beta2(options),
                      epsilon(options),
                      options.number("weightDecay", 0.01)))
          .put(
              "amsgrad",
              coupled((rate, options) ->
                  new AmsGrad(rate, beta1(options), beta2(options), epsilon(options))))
          .put(
              "adamax",
              coupled((rate, options) ->
                  new Adamax(rate, beta1(options), beta2(options), epsilon(options))))
          .buildOrThrow();

  private Optimizers() {}

  /** The names that {@link #named} knows. */
  public static List<String> names() {
    return NAMED.keySet().stream().toList();
  }

  /**
   * The optimizer of that name. Its options are the components of its class ({@link
   * GradientDescent}, {@link Sgd}, {@link Adagrad}, {@link Adadelta}, {@link RmsProp}, {@link
   * Adam}, {@link AdamW}, {@link AmsGrad}, {@link Adamax}) by their names, with PyTorch's defaults;
   * all but {@code adamw}, whose decay is its own, also take {@code weightDecay} (0), which is that
   * of {@link WeightDecay} on all parameters.
   *
   * @param options numbers and truth values by name
   * @throws OptionException if the name or an option is unknown, or an option out of range
   */
  public static Optimizer named(String name, Schedule learningRate, Map<String, ?> options) {
    BiFunction<Schedule, Options, Optimizer> maker = NAMED.get(name);
    if (maker == null) {
      throw OptionException.unknownName("an optimizer", name, names());
    }
    Options read = new Options("The optimizer '" + name + "'", options);
    Optimizer optimizer = maker.apply(learningRate, read);
    read.done();
    return optimizer;
  }

  /**
   * The options of the optimizer of that name, with their defaults as text.
   *
   * @throws OptionException if the name is unknown
   */
  public static Map<String, String> options(String name) {
    BiFunction<Schedule, Options, Optimizer> maker = NAMED.get(name);
    if (maker == null) {
      throw OptionException.unknownName("an optimizer", name, names());
    }
    Options asked = Options.asking();
    var _ = maker.apply(Schedule.constant(1), asked);
    return Collections.unmodifiableMap(asked.told());
  }

  private static BiFunction<Schedule, Options, Optimizer> coupled(
      BiFunction<Schedule, Options, Optimizer> maker) {
    return (rate, options) -> {
      Optimizer optimizer = maker.apply(rate, options);
      double weightDecay = options.number("weightDecay", 0);
      return weightDecay == 0 ? optimizer : WeightDecay.of(weightDecay).before(optimizer);
    };
  }

  private static double beta1(Options options) {
    return options.number("beta1", 0.9);
  }

  private static double beta2(Options options) {
    return options.number("beta2", 0.999);
  }

  private static double epsilon(Options options) {
    return options.number("epsilon", 1e-8);
  }
}
