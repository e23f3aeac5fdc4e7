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
 * {@code −1 if x < 0 else 1}, that is {@code 2 H(x) − 1} (003 eq. 6–7). The value at 0 is an
 * attribute, 1 as in the notes (most libraries have 0); the gradient is reported as 0, with the
 * reason.
 */
public final class Sign implements Pointwise<Sign.AtZero> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("sign");

  /** The value at 0. */
  public record AtZero(double valueAtZero) {
    /** Checks that the value is finite. */
    public AtZero {
      AttributeChecks.finite("value_at_zero", valueAtZero);
    }
  }

  /** {@code −1 if x < 0 else 1}. */
  public static Value of(Value x) {
    return x.op("sign");
  }

  /** The same with another value at 0. */
  public static Value of(Value x, double valueAtZero) {
    return x.op("sign", Map.of("value_at_zero", valueAtZero));
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
  public Schema<AtZero> schema() {
    return Schema.of(
        AtZero::new, OpAttribute.number("value_at_zero", AtZero::valueAtZero).orElse(1.0));
  }

  /** What compares with nothing is NaN, and stays so. */
  @Override
  public Lane forward(AtZero atZero, Lanes x) {
    Lane s = x.get(0);
    Lane upper = s.greater(0).select(s.constant(1), s);
    Lane notBelow = s.equal(0).select(s.constant(atZero.valueAtZero()), upper);
    return s.less(0).select(s.constant(-1), notBelow);
  }

  /** {@code dx = 0} away from the step at 0, where the true derivative is an impulse. */
  @Override
  public List<Cotangent> backward(Adjoint<AtZero> at) {
    return at.flat("a step has the slope 0 on both sides; its derivative at 0 is an impulse");
  }

  @Override
  public List<Value> kinks(Adjoint<AtZero> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.function("sign", "\\operatorname{sign}");
  }
}
