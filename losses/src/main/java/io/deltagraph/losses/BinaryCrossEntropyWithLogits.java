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
 * {@code −[t ln σ(z) + (1 − t) ln(1 − σ(z))]} of logits z, by default the mean over samples and
 * outputs (002; 004); computed as {@code max(z, 0) − t z + ln(1 + e^−|z|)}, which neither overflows
 * nor loses a small loss. Logits are finite; targets in [0, 1] have their shape.
 */
public final class BinaryCrossEntropyWithLogits implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("binary_cross_entropy_with_logits");

  /** The loss with its usual reduction. */
  public static Value of(Value logits, Value targets) {
    return logits.op("binary_cross_entropy_with_logits", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value logits, Value targets, LossReduction reduction) {
    return logits.op("binary_cross_entropy_with_logits", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("bce_with_logits");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("logits", "targets")
        .meaning(OpSignature.Role.EVENT_LOGITS, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN_ALL);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Terms.requireSameShape(x);
    Value z = x.get(0);
    Value linear = z.maximum(z.constant(0)).minus(x.get(1).times(z));
    return of.reduce(linear.plus(z.abs().negate().exp().log1p()), z);
  }

  /**
   * {@code dz = (σ(z) − t) g/n, dt = −z g/n}; g/n is g under the reduction. From z = 0 on, {@code
   * σ(z) − t} is {@code (1 − t) − σ(−z)}, so that a target of 1 leaves the digits of a small error.
   */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value z = at.input(0);
    Value t = at.input(1);
    Value share = at.attributes().share(at);
    Value below = z.less(z.constant(0));
    Value small = below.where(z, z.negate()).op("sigmoid"); // one exp for both
    Value delta = below.where(small.minus(t), t.oneMinus().minus(small));
    return at.flow(share.times(delta), share.times(z).negate());
  }

  /** None: the kinks of the terms at {@code z = 0} cancel. */
  @Override
  public List<Value> kinks(Adjoint<LossReduction.Of> at) {
    return List.of();
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("binary_cross_entropy_with_logits");
  }
}
