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
 * {@code −ln softmax(z)_c} of logits z along the last axis and the index c of the true class, by
 * default its mean over samples (001; 002; 004). Classes are i32 or i64, one per row: logits {@code
 * [n, k]}, classes {@code [n]}; mean_all divides by n k. Loss and gradient have the rounding of 1:
 * where they are far smaller they are right to 4 of these.
 */
public final class SparseSoftmaxCrossEntropy implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("sparse_softmax_cross_entropy");

  /** The loss with its usual reduction. */
  public static Value of(Value logits, Value classes) {
    return logits.op("sparse_softmax_cross_entropy", classes);
  }

  /** The loss with any reduction. */
  public static Value of(Value logits, Value classes, LossReduction reduction) {
    return logits.op("sparse_softmax_cross_entropy", reduction.attribute(), classes);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("logits")
        .and("classes", OpSignature.Accepts.INTEGER)
        .meaning(OpSignature.Role.CLASS_LOGITS, OpSignature.Role.CLASSES);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Value chosen = Terms.chosen(x);
    Value log = x.get(0).op("log_softmax");
    return of.reduce(chosen.where(log.negate(), log.constant(0)), x.get(0));
  }

  /** {@code dz = (softmax(z) − 1{j = c}) g/n}, nothing for the classes; g/n under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value z = at.input(0);
    Value delta = z.op("softmax").minus(Terms.oneHot(z, at.input(1), z.dtype()));
    return List.of(Cotangent.flow(at.attributes().share(at).times(delta)), Cotangent.zero());
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("sparse_softmax_cross_entropy");
  }
}
