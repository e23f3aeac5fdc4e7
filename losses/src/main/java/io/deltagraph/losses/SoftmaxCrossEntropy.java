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
 * {@code −Σj t ln softmax(z)} of logits z along the last axis, by default its mean over samples
 * (001; 003; 004), with soft targets t of the logits' shape that need not sum to 1. Logits are
 * finite and have at least 2 axes. {@code softmax − t} has the rounding of t: an error far smaller
 * than its target is right to 4 of these.
 */
public final class SoftmaxCrossEntropy implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("softmax_cross_entropy");

  /** The loss with its usual reduction. */
  public static Value of(Value logits, Value targets) {
    return logits.op("softmax_cross_entropy", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value logits, Value targets, LossReduction reduction) {
    return logits.op("softmax_cross_entropy", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("cross_entropy");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("logits", "targets")
        .meaning(OpSignature.Role.CLASS_LOGITS, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Terms.requireRows(x);
    Terms.requireSameShape(x);
    return of.reduce(x.get(1).times(x.get(0).op("log_softmax")).negate(), x.get(0));
  }

  /** {@code dz = (softmax(z) ⊙ Σj t − t) g/n, dt = −ln softmax(z) g/n}; g/n under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value share = at.attributes().share(at);
    Value targets = at.input(1);
    Value softmax = at.input(0).op("softmax");
    Value delta = softmax.times(targets.sum(List.of(-1), true)).minus(targets);
    Value log = at.input(0).op("log_softmax");
    return at.flow(share.times(delta), share.times(log).negate());
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("softmax_cross_entropy");
  }
}
