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
 * {@code 1/(n k) Σ |a − t|}, by default over samples and outputs (001, named only). The gradient is
 * 0 where {@code a = t}. Targets have the shape of the outputs.
 */
public final class MeanAbsoluteError implements Composite<LossReduction.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("mean_absolute_error");

  /** The loss with its usual reduction. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("mean_absolute_error", targets);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, LossReduction reduction) {
    return outputs.op("mean_absolute_error", reduction.attribute(), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("mae", "l1_loss");
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
    return of.reduce(error.abs(), x.get(0));
  }

  /** {@code da = sign(a − t) g/(n k), dt = −da}, 0 at a tie; g/(n k) is g under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<LossReduction.Of> at) {
    Value error = at.input(0).minus(at.input(1));
    Value gradient = at.attributes().share(at).times(error.signum());
    return at.flow(gradient, gradient.negate());
  }

  @Override
  public List<Value> kinks(Adjoint<LossReduction.Of> at) {
    return List.of(at.input(0).minus(at.input(1)));
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("mean_absolute_error");
  }
}
