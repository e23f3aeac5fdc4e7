package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Codomain;
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
 * {@code 0 if x < 0 else 1}, the step of the perceptron (000 §1.1; 003 eq. 4–5). The value at 0 is
 * an attribute, 1 as in the notes; the gradient is reported as 0, with the reason.
 */
public final class Heaviside implements Pointwise<Heaviside.AtZero> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("heaviside");

  /** The value at 0. */
  public record AtZero(double valueAtZero) {
    /** Checks that the value is finite. */
    public AtZero {
      AttributeChecks.finite("value_at_zero", valueAtZero);
    }
  }

  /** {@code 0 if x < 0 else 1}. */
  public static Value of(Value x) {
    return x.op("heaviside");
  }

  /** The same with another value at 0. */
  public static Value of(Value x, double valueAtZero) {
    return x.op("heaviside", Map.of("value_at_zero", valueAtZero));
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("step");
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
    return s.less(0).select(s.constant(0), notBelow);
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
  public Codomain codomain(Heaviside.AtZero attributes, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("heaviside", "\\operatorname{H}");
  }
}
