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
 * {@code ½ Σ (a − t)²} over outputs, by default its mean over samples (000 §4.1, 4.4; 003 eq. 37,
 * 44); {@link LossReduction} sum is the cost of 002. Targets have the shape of the outputs.
 */
public final class HalfSquaredError implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("half_squared_error");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("half_squared_error", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, LossReduction reduction) {
    return outputs.op("half_squared_error", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "targets")
        .meaning(OpSignature.Role.ESTIMATES, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Value error = Terms.error(x);
    return of.reduce(error.square().times(0.5), x.get(0));
  }

  /** {@code da = (a − t) g/n, dt = −da}; g/n is g under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value error = at.input(0).minus(at.input(1));
    Value gradient = at.attributes().share(at).times(error);
    return at.flow(gradient, gradient.negate());
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("half_squared_error");
  }
}
