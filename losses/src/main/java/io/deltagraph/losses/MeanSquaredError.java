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
 * {@code 1/(n k) Σi Σj (t − a)²}, by default over samples and outputs (001; 003 eq. 20–21). Targets
 * have the shape of the outputs.
 */
public final class MeanSquaredError implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("mean_squared_error");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("mean_squared_error", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, LossReduction reduction) {
    return outputs.op("mean_squared_error", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("mse", "mse_loss");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "targets")
        .meaning(OpSignature.Role.ESTIMATES, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<LossReduction.Of> schema() {
    return LossReduction.schema(LossReduction.MEAN_ALL);
  }

  @Override
  public Value forward(LossReduction.Of of, Values x) {
    Value error = Terms.error(x);
    return of.reduce(error.square(), x.get(0));
  }

  /** {@code da = 2 (a − t) g/(n k), dt = −da}; g/(n k) is g under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value error = at.input(0).minus(at.input(1));
    Value gradient = at.attributes().share(at).times(error.times(2));
    return at.flow(gradient, gradient.negate());
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("mean_squared_error");
  }
}
