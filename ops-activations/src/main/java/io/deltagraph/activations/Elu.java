package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * {@code x if x > 0 else α (e^x − 1)}, derivative {@code 1} or {@code α e^x}; the derivative at 0
 * is that of the left side, α, by default 1 (Clevert, Unterthiner and Hochreiter 2016, eq. 15–16).
 */
public final class Elu implements Pointwise<Elu.Depth> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("elu");

  /** The depth α, a finite number. */
  public record Depth(double alpha) {
    /** Checks that the depth is finite. */
    public Depth {
      AttributeChecks.finite("alpha", alpha);
    }
  }

  /** {@code x if x > 0 else α (e^x − 1)}. */
  public static Value of(Value x, double alpha) {
    return x.op("elu", Map.of("alpha", alpha));
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Depth> schema() {
    return Schema.of(Depth::new, OpAttribute.number("alpha", Depth::alpha).orElse(1.0));
  }

  @Override
  public Lane forward(Depth depth, Lanes x) {
    return x.get(0).greater(0).select(x.get(0), x.get(0).expm1().times(depth.alpha()));
  }

  /** {@code dx = g ⊙ α e^x where x ≤ 0, else g}; e^x is never taken of a large x. */
  @Override
  public List<Cotangent> backward(Adjoint<Depth> at) {
    Value g = at.gradient();
    Value zero = g.constant(0);
    Value left = at.input(0).lessEqual(zero);
    Value slope = left.where(at.input(0), zero).exp().times(at.attributes().alpha());
    return at.flow(left.where(g.times(slope), g));
  }

  @Override
  public List<Value> kinks(Adjoint<Depth> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.function("elu", "\\operatorname{ELU}");
  }
}
