package io.deltagraph.losses;

import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Domain;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;

/**
 * {@code −[t ln a + (1 − t) ln(1 − a)]} of probabilities a, by default the mean over samples and
 * outputs (002; the sum is {@code −ln L} of the Bernoulli law). 0 ln 0 counts as 0; da is {@code (a
 * − t) / (a (1 − a))} and dt is {@code ln((1 − a) / a)}, both times g under the reduction, by the
 * rules of the expansion. From logits take {@code binary_cross_entropy_with_logits}.
 */
public final class BinaryCrossEntropy implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("binary_cross_entropy");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("binary_cross_entropy", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, LossReduction reduction) {
    return outputs.op("binary_cross_entropy", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("bce");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "targets")
        .meaning(OpSignature.Role.EVENT_PROBABILITIES, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN_ALL);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    return of.reduce(Terms.binaryCrossEntropy(x), x.get(0));
  }

  @Override
  public Domain domain() {
    return Domain.between(0, 1);
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("binary_cross_entropy");
  }
}
