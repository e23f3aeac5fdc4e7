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
 * {@code Σj t ln(t / a)} of probabilities along the last axis, by default its mean over samples
 * (Kullback and Leibler 1951): the categorical cross entropy less the entropy of the targets. 0 ln
 * 0 counts as 0; da is {@code −t / a} and dt is {@code ln(t / a) + 1}, both times g under the
 * reduction, by the rules of the expansion. Outputs have at least 2 axes.
 */
public final class KlDivergence implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("kl_divergence");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("kl_divergence", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, LossReduction reduction) {
    return outputs.op("kl_divergence", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("kl_div");
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
    Value own = Terms.xLogY(x.get(1), x.get(1));
    return of.reduce(own.minus(Terms.xLogY(x.get(1), x.get(0))), x.get(0));
  }

  @Override
  public Domain domain() {
    return Domain.positive();
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("kl_divergence");
  }
}
