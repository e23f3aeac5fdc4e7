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
 * {@code max(0, 1 − t z)} with labels t of ±1, summed over outputs, by default its mean over
 * samples (003, named only). The gradient is 0 where {@code t z = 1}. Labels have the shape of the
 * outputs.
 */
public final class Hinge implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("hinge");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value labels) {
    return outputs.op("hinge", labels);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value labels, LossReduction reduction) {
    return outputs.op("hinge", reduction.attribute(), labels);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "labels")
        .meaning(OpSignature.Role.MARGINS, OpSignature.Role.SIGNS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Terms.requireSameShape(x);
    return of.reduce(x.get(0).times(x.get(1)).oneMinus().op("relu"), x.get(0));
  }

  /** {@code dz = −t g/n where t z < 1, else 0; dt} with z for t; g/n is g under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value z = at.input(0);
    Value t = at.input(1);
    Value inside = z.times(t).less(z.constant(1));
    Value share = at.attributes().share(at).negate();
    Value zero = z.constant(0);
    return at.flow(inside.where(share.times(t), zero), inside.where(share.times(z), zero));
  }

  @Override
  public List<Value> kinks(Adjoint<LossReduction.Of> at) {
    return List.of(at.input(0).times(at.input(1)).oneMinus());
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("hinge");
  }
}
