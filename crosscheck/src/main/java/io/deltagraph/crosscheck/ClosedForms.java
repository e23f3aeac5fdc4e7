package io.deltagraph.crosscheck;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.closedform.Activation;
import io.deltagraph.closedform.Cost;
import io.deltagraph.closedform.CostReduction;
import io.deltagraph.closedform.CostTerm;
import io.deltagraph.closedform.Elementwise;
import io.deltagraph.closedform.FurtherActivations;
import io.deltagraph.closedform.SoftmaxActivation;
import io.deltagraph.models.OpChoice;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Which formula of the closed-form side belongs to which op. */
final class ClosedForms {
  /** The further input of prelu, a parameter of its layer. */
  static final String SLOPE = "alpha";

  private static final ImmutableMap<String, Function<OpChoice, Optional<Activation>>> ACTIVATIONS =
      ImmutableMap.<String, Function<OpChoice, Optional<Activation>>>builder()
          .put("identity", always(new Elementwise.Identity()))
          .put(
              "linear",
              choice -> positive(number(choice, "k", 1)).map(k -> new Elementwise.Linear(k)))
          .put("heaviside", choice -> step(choice, new Elementwise.Heaviside()))
          .put("sign", choice -> step(choice, new Elementwise.Sign()))
          .put("relu", always(new Elementwise.Relu()))
          .put(
              "leaky_relu",
              choice -> Optional.of(new Elementwise.ParametricRelu(number(choice, "alpha", 0.01))))
          .put(
              "elu",
              choice -> Optional.of(new Elementwise.ExponentialLinear(number(choice, "alpha", 1))))
          .put("selu", always(FurtherActivations.SELU))
          .put(
              "sigmoid",
              choice -> positive(number(choice, "slope", 1)).map(c -> new Elementwise.Logistic(c)))
          .put("logit", always(new Elementwise.Logit()))
          .put("tanh", always(new Elementwise.Tanh()))
          .put("softplus", always(FurtherActivations.SOFTPLUS))
          .put("softsign", always(FurtherActivations.SOFTSIGN))
          .put("silu", always(FurtherActivations.SILU))
          .put("gelu", choice -> Optional.of(gelu(choice)))
          .put("mish", always(FurtherActivations.MISH))
          .put("log_sigmoid", always(FurtherActivations.LOG_SIGMOID))
          .put("softmax", ClosedForms::softmax)
          .buildOrThrow();

  private static final ImmutableMap<String, BiFunction<OpChoice, CostReduction, Cost>> COSTS =
      ImmutableMap.<String, BiFunction<OpChoice, CostReduction, Cost>>builder()
          .put("half_squared_error", summed(new CostTerm.HalfSquaredError()))
          .put("squared_distance", summed(new CostTerm.SquaredError()))
          .put("mean_squared_error", summed(new CostTerm.SquaredError()))
          .put("mean_absolute_error", summed(new CostTerm.AbsoluteError()))
          .put(
              "huber",
              (choice, reduction) ->
                  new Cost.Summed(new CostTerm.Huber(number(choice, "delta", 1)), reduction))
          .put("supremum", (choice, reduction) -> new Cost.Supremum())
          .put("hinge", summed(new CostTerm.Hinge()))
          .put("binary_cross_entropy", summed(new CostTerm.ElementwiseCrossEntropy()))
          .put("elementwise_cross_entropy", summed(new CostTerm.ElementwiseCrossEntropy()))
          .put("binary_cross_entropy_with_logits", summed(new CostTerm.ElementwiseCrossEntropy()))
          .put("categorical_cross_entropy", summed(new CostTerm.CategoricalCrossEntropy()))
          .put("kl_divergence", summed(new CostTerm.KullbackLeibler()))
          .put("softmax_cross_entropy", summed(new CostTerm.CategoricalCrossEntropy()))
          .put("sparse_softmax_cross_entropy", summed(new CostTerm.CategoricalCrossEntropy()))
          .put("negative_log_likelihood", summed(new CostTerm.CategoricalCrossEntropy()))
          .buildOrThrow();

  /** What a loss on logits does to them before it measures. */
  private static final ImmutableMap<String, Activation> OF_LOGITS =
      ImmutableMap.of(
          "binary_cross_entropy_with_logits", new Elementwise.Logistic(),
          "softmax_cross_entropy", new SoftmaxActivation(),
          "sparse_softmax_cross_entropy", new SoftmaxActivation());

  private ClosedForms() {}

  /** The formula of an activation; prelu's depends on its alpha. */
  static Optional<Activation> activation(OpChoice choice, double alpha) {
    if (choice.op().equals("prelu")) {
      return Optional.of(new Elementwise.ParametricRelu(alpha));
    }
    Function<OpChoice, Optional<Activation>> formula = ACTIVATIONS.get(choice.op());
    return formula == null ? Optional.empty() : formula.apply(choice);
  }

  /** The formula of a loss. */
  static Optional<Cost> cost(OpChoice choice, CostReduction reduction) {
    return Optional.ofNullable(COSTS.get(choice.op()))
        .map(formula -> formula.apply(choice, reduction));
  }

  /** The activation inside a loss that takes logits. */
  static Optional<Activation> ofLogits(OpChoice loss) {
    return Optional.ofNullable(OF_LOGITS.get(loss.op()));
  }

  /** Whether an op's axis, if it has one, is the last of two. */
  static boolean alongRows(OpChoice choice) {
    double axis = number(choice, "axis", -1);
    return axis == -1 || axis == 1;
  }

  private static Function<OpChoice, Optional<Activation>> always(Activation activation) {
    return choice -> Optional.of(activation);
  }

  private static BiFunction<OpChoice, CostReduction, Cost> summed(CostTerm term) {
    return (choice, reduction) -> new Cost.Summed(term, reduction);
  }

  /** The notes' steps are 1 at 0. */
  private static Optional<Activation> step(OpChoice choice, Activation step) {
    return number(choice, "value_at_zero", 1) == 1 ? Optional.of(step) : Optional.empty();
  }

  private static Activation gelu(OpChoice choice) {
    return "tanh".equals(choice.attributes().get("approximate"))
        ? FurtherActivations.GELU_TANH
        : FurtherActivations.GELU;
  }

  private static Optional<Activation> softmax(OpChoice choice) {
    return alongRows(choice)
        ? Optional.of(new SoftmaxActivation(1 / number(choice, "temperature", 1)))
        : Optional.empty();
  }

  private static Optional<Double> positive(double slope) {
    return slope > 0 ? Optional.of(slope) : Optional.empty();
  }

  static double number(OpChoice choice, String attribute, double fallback) {
    return choice.attributes().get(attribute) instanceof Number number
        ? number.doubleValue()
        : fallback;
  }
}
