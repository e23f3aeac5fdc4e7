package io.deltagraph.losses;

import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Domain;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;

/**
 * {@code −Σj t ln a} of probabilities a along the last axis, by default its mean over samples (001;
 * 004). 0 ln 0 counts as 0; da is {@code −t / a} and dt is {@code −ln a}, both times g under the
 * reduction, by the rules of the expansion: under a softmax {@code ∂C/∂z = (a Σj tj − t)/n}. From
 * logits take {@code softmax_cross_entropy}. Outputs have at least 2 axes.
 */
public final class CategoricalCrossEntropy implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("categorical_cross_entropy");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("categorical_cross_entropy", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, LossReduction reduction) {
    return outputs.op("categorical_cross_entropy", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "targets")
        .meaning(OpSignature.Role.CLASS_PROBABILITIES, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Terms.requireRows(x);
    Terms.requireSameShape(x);
    return of.reduce(Terms.xLogY(x.get(1), x.get(0)).negate(), x.get(0));
  }

  @Override
  public Domain domain() {
    return Domain.positive();
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("categorical_cross_entropy");
  }
}
