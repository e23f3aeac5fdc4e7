package io.deltagraph.losses;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;
import java.util.Map;

/**
 * {@code ½ e²} where {@code |e| ≤ δ}, else {@code δ |e| − ½ δ²}, with {@code e = a − t}; by default
 * the mean over samples and outputs (Huber 1964). Differentiable everywhere; the second derivative
 * jumps at {@code |e| = δ}. Targets have the shape of the outputs.
 */
public final class Huber implements Composite<Huber.Of> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("huber");

  /** Where the parabola ends, above 0, and the reduction. */
  public record Of(double delta, LossReduction reduction) {
    /** Checks δ. */
    public Of {
      if (!(delta > 0 && Double.isFinite(delta))) {
        throw new IllegalArgumentException(
            "The attribute 'delta' is a finite number above 0, got " + delta + ".");
      }
    }
  }

  /** The loss, its mean over samples and outputs. */
  public static Value of(Value outputs, Value targets, double delta) {
    return of(outputs, targets, delta, LossReduction.MEAN_ALL);
  }

  /** The loss with any reduction. */
  public static Value of(Value outputs, Value targets, double delta, LossReduction reduction) {
    return outputs.op("huber", Map.of("delta", delta, "reduction", reduction.text()), targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("smooth_l1");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "targets")
        .meaning(OpSignature.Role.ESTIMATES, OpSignature.Role.TARGETS);
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(
        (delta, reduction) -> new Of(delta, LossReduction.parse(reduction)),
        OpAttribute.number("delta", Of::delta).orElse(1.0),
        OpAttribute.<Of>text("reduction", of -> of.reduction().text()).orElse("mean_all"));
  }

  /** {@code c (e − ½ c)} with c the error clipped to ±δ. */
  @Override
  public Value forward(Of of, Values x) {
    Value error = Terms.error(x);
    Value clipped = error.op("clip", Map.of("low", -of.delta(), "high", of.delta()));
    return of.reduction().reduce(clipped.times(error.minus(clipped.times(0.5))), x.get(0));
  }

  /** {@code da = clip(a − t, −δ, δ) g/(n k), dt = −da}; g/(n k) is g under the reduction. */
  @Override
  public List<Cotangent> backward(Adjoint<Of> at) {
    double delta = at.attributes().delta();
    Value error = at.input(0).minus(at.input(1));
    Value clipped = error.op("clip", Map.of("low", -delta, "high", delta));
    Value share = at.attributes().reduction().share(at.gradient(), at.input(0));
    return at.flow(share.times(clipped), share.times(clipped).negate());
  }

  @Override
  public List<Value> kinks(Adjoint<Of> at) {
    return List.of(at.input(0).minus(at.input(1)).abs().minus(at.attributes().delta()));
  }

  @Override
  public Notation notation() {
    return LossReduction.notation("huber");
  }
}
