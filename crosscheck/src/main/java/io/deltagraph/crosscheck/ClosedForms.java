package io.deltagraph.crosscheck;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.activations.Elu;
import io.deltagraph.activations.Gelu;
import io.deltagraph.activations.Heaviside;
import io.deltagraph.activations.Identity;
import io.deltagraph.activations.LeakyRelu;
import io.deltagraph.activations.Linear;
import io.deltagraph.activations.LogSigmoid;
import io.deltagraph.activations.Logit;
import io.deltagraph.activations.Mish;
import io.deltagraph.activations.Prelu;
import io.deltagraph.activations.Relu;
import io.deltagraph.activations.Selu;
import io.deltagraph.activations.Sigmoid;
import io.deltagraph.activations.Sign;
import io.deltagraph.activations.Silu;
import io.deltagraph.activations.Softmax;
import io.deltagraph.activations.Softplus;
import io.deltagraph.activations.Softsign;
import io.deltagraph.activations.Tanh;
import io.deltagraph.closedform.Activation;
import io.deltagraph.closedform.Cost;
import io.deltagraph.closedform.CostReduction;
import io.deltagraph.closedform.CostTerm;
import io.deltagraph.closedform.Elementwise;
import io.deltagraph.closedform.FurtherActivations;
import io.deltagraph.closedform.SoftmaxActivation;
import io.deltagraph.graph.OpId;
import io.deltagraph.losses.BinaryCrossEntropy;
import io.deltagraph.losses.BinaryCrossEntropyWithLogits;
import io.deltagraph.losses.CategoricalCrossEntropy;
import io.deltagraph.losses.ElementwiseCrossEntropy;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.Hinge;
import io.deltagraph.losses.Huber;
import io.deltagraph.losses.KlDivergence;
import io.deltagraph.losses.MeanAbsoluteError;
import io.deltagraph.losses.MeanSquaredError;
import io.deltagraph.losses.NegativeLogLikelihood;
import io.deltagraph.losses.SoftmaxCrossEntropy;
import io.deltagraph.losses.SparseSoftmaxCrossEntropy;
import io.deltagraph.losses.SquaredDistance;
import io.deltagraph.losses.Supremum;
import io.deltagraph.models.OpChoice;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Which formula of the closed-form side belongs to which op. */
final class ClosedForms {
  /** The further input of prelu, a parameter of its layer. */
  static final String SLOPE = "alpha";

  private static final ImmutableMap<OpId, Function<OpChoice, Optional<Activation>>> ACTIVATIONS =
      ImmutableMap.<OpId, Function<OpChoice, Optional<Activation>>>builder()
          .put(Identity.ID, always(new Elementwise.Identity()))
          .put(
              Linear.ID,
              choice -> positive(number(choice, "k", 1)).map(k -> new Elementwise.Linear(k)))
          .put(Heaviside.ID, choice -> step(choice, new Elementwise.Heaviside()))
          .put(Sign.ID, choice -> step(choice, new Elementwise.Sign()))
          .put(Relu.ID, always(new Elementwise.Relu()))
          .put(
              LeakyRelu.ID,
              choice -> Optional.of(new Elementwise.ParametricRelu(number(choice, "alpha", 0.01))))
          .put(
              Elu.ID,
              choice -> Optional.of(new Elementwise.ExponentialLinear(number(choice, "alpha", 1))))
          .put(Selu.ID, always(FurtherActivations.SELU))
          .put(
              Sigmoid.ID,
              choice -> positive(number(choice, "slope", 1)).map(c -> new Elementwise.Logistic(c)))
          .put(Logit.ID, always(new Elementwise.Logit()))
          .put(Tanh.ID, always(new Elementwise.Tanh()))
          .put(Softplus.ID, always(FurtherActivations.SOFTPLUS))
          .put(Softsign.ID, always(FurtherActivations.SOFTSIGN))
          .put(Silu.ID, always(FurtherActivations.SILU))
          .put(Gelu.ID, choice -> Optional.of(gelu(choice)))
          .put(Mish.ID, always(FurtherActivations.MISH))
          .put(LogSigmoid.ID, always(FurtherActivations.LOG_SIGMOID))
          .put(Softmax.ID, ClosedForms::softmax)
          .buildOrThrow();

  private static final ImmutableMap<OpId, BiFunction<OpChoice, CostReduction, Cost>> COSTS =
      ImmutableMap.<OpId, BiFunction<OpChoice, CostReduction, Cost>>builder()
          .put(HalfSquaredError.ID, summed(new CostTerm.HalfSquaredError()))
          .put(SquaredDistance.ID, summed(new CostTerm.SquaredError()))
          .put(MeanSquaredError.ID, summed(new CostTerm.SquaredError()))
          .put(MeanAbsoluteError.ID, summed(new CostTerm.AbsoluteError()))
          .put(
              Huber.ID,
              (choice, reduction) ->
                  new Cost.Summed(new CostTerm.Huber(number(choice, "delta", 1)), reduction))
          .put(Supremum.ID, (choice, reduction) -> new Cost.Supremum())
          .put(Hinge.ID, summed(new CostTerm.Hinge()))
          .put(BinaryCrossEntropy.ID, summed(new CostTerm.ElementwiseCrossEntropy()))
          .put(ElementwiseCrossEntropy.ID, summed(new CostTerm.ElementwiseCrossEntropy()))
          .put(BinaryCrossEntropyWithLogits.ID, summed(new CostTerm.ElementwiseCrossEntropy()))
          .put(CategoricalCrossEntropy.ID, summed(new CostTerm.CategoricalCrossEntropy()))
          .put(KlDivergence.ID, summed(new CostTerm.KullbackLeibler()))
          .put(SoftmaxCrossEntropy.ID, summed(new CostTerm.CategoricalCrossEntropy()))
          .put(SparseSoftmaxCrossEntropy.ID, summed(new CostTerm.CategoricalCrossEntropy()))
          .put(NegativeLogLikelihood.ID, summed(new CostTerm.CategoricalCrossEntropy()))
          .buildOrThrow();

  /** What a loss on logits does to them before it measures. */
  private static final ImmutableMap<OpId, Activation> OF_LOGITS =
      ImmutableMap.of(
          BinaryCrossEntropyWithLogits.ID, new Elementwise.Logistic(),
          SoftmaxCrossEntropy.ID, new SoftmaxActivation(),
          SparseSoftmaxCrossEntropy.ID, new SoftmaxActivation());

  private ClosedForms() {}

  /** The formula of an activation; prelu's depends on its alpha. */
  static Optional<Activation> activation(OpChoice choice, double alpha) {
    if (choice.is(Prelu.ID)) {
      return Optional.of(new Elementwise.ParametricRelu(alpha));
    }
    Function<OpChoice, Optional<Activation>> formula = ACTIVATIONS.get(choice.id());
    return formula == null ? Optional.empty() : formula.apply(choice);
  }

  /** The formula of a loss. */
  static Optional<Cost> cost(OpChoice choice, CostReduction reduction) {
    return Optional.ofNullable(COSTS.get(choice.id()))
        .map(formula -> formula.apply(choice, reduction));
  }

  /** The activation inside a loss that takes logits. */
  static Optional<Activation> ofLogits(OpChoice loss) {
    return Optional.ofNullable(OF_LOGITS.get(loss.id()));
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
