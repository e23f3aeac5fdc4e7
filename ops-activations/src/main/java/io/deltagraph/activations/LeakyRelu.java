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
 * {@code α x if x < 0 else x}, with α the slope on the left, 0.01 by default; the derivative at 0
 * is that of the left side, α (003 eq. 9 with a fixed α).
 */
public final class LeakyRelu implements Pointwise<LeakyRelu.Leak> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("leaky_relu");

  /** The slope α below 0, a finite number. */
  public record Leak(double alpha) {
    /** Checks that the slope is finite. */
    public Leak {
      AttributeChecks.finite("alpha", alpha);
    }
  }

  /** {@code α x if x < 0 else x}. */
  public static Value of(Value x, double alpha) {
    return x.op("leaky_relu", Map.of("alpha", alpha));
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
  public Schema<Leak> schema() {
    return Schema.of(Leak::new, OpAttribute.number("alpha", Leak::alpha).orElse(0.01));
  }

  @Override
  public Lane forward(Leak leak, Lanes x) {
    return x.get(0).less(0).select(x.get(0).times(leak.alpha()), x.get(0));
  }

  /** {@code dx = α g where x ≤ 0, else g}. */
  @Override
  public List<Cotangent> backward(Adjoint<Leak> at) {
    Value g = at.gradient();
    Value left = at.input(0).lessEqual(at.input(0).constant(0));
    return at.flow(left.where(g.times(at.attributes().alpha()), g));
  }

  @Override
  public List<Value> kinks(Adjoint<Leak> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.function("leaky_relu", "\\operatorname{LeakyReLU}");
  }
}
