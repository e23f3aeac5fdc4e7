package io.deltagraph.losses;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;

/**
 * {@code −ℓ_c} of log-probabilities ℓ along the last axis and the index c of the true class, by
 * default its mean over samples (002). Classes are i32 or i64, one per row: log-probabilities
 * {@code [n, k]}, classes {@code [n]}; mean_all divides by n k.
 */
public final class NegativeLogLikelihood implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("negative_log_likelihood");

  /** The loss with its usual reduction. */
  public static Value of(Value logProbabilities, Value classes) {
    return logProbabilities.op("negative_log_likelihood", classes);
  }

  /** The loss with any reduction. */
  public static Value of(Value logProbabilities, Value classes, LossReduction reduction) {
    return logProbabilities.op("negative_log_likelihood", reduction.attribute(), classes);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("nll", "nll_loss");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("log_probabilities")
        .and("classes", OpSignature.Accepts.INTEGER)
        .meaning(OpSignature.Role.CLASS_LOG_PROBABILITIES, OpSignature.Role.CLASSES);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Value chosen = Terms.chosen(x);
    return of.reduce(chosen.where(x.get(0).negate(), x.get(0).constant(0)), x.get(0));
  }

  /** {@code dℓ = −1{j = c} g/n}, nothing for the classes; g/n is g under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value chosen = Terms.oneHot(at.input(0), at.input(1), at.input(0).dtype());
    return List.of(
        Cotangent.flow(at.attributes().share(at).times(chosen).negate()), Cotangent.zero());
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("negative_log_likelihood");
  }
}
