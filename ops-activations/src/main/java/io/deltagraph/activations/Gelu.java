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
 * {@code x Φ(x)} with Φ the normal law's distribution {@code ½ (1 + erf(x / √2))}, or with {@code
 * approximate = "tanh"} {@code ½ x (1 + tanh(√(2/π) (x + 0.044715 x³)))} (Hendrycks and Gimpel
 * 2016, §2). 0 at −∞. Far below 0, where {@code 1 + erf} cancels, the value is right to a rounding
 * of x and the slope to 4 roundings of g.
 */
public final class Gelu implements Pointwise<Gelu.Form> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("gelu");

  private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);
  private static final double SCALE = Math.sqrt(2 / Math.PI);
  private static final double CUBIC = 0.044715;

  /** From here on the slope is 0 or 1 in both dtypes; neither infinity nor a cube gets in. */
  private static final double FAR = 1e10;

  /** {@code none} for the exact form or {@code tanh}. */
  public record Form(String approximate) {
    /** Checks the name. */
    public Form {
      AttributeChecks.oneOf("approximate", approximate, "none", "tanh");
    }
  }

  /** {@code x Φ(x)}. */
  public static Value of(Value x) {
    return x.op("gelu");
  }

  /** The approximation by tanh. */
  public static Value approximate(Value x) {
    return x.op("gelu", Map.of("approximate", "tanh"));
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
  public Schema<Form> schema() {
    return Schema.of(Form::new, OpAttribute.text("approximate", Form::approximate).orElse("none"));
  }

  @Override
  public Lane forward(Form form, Lanes x) {
    Lane s = x.get(0).maximum(x.get(0).constant(-FAR));
    Lane odd =
        form.approximate().equals("none")
            ? s.times(Math.sqrt(0.5)).erf()
            : s.times(s.times(s).times(CUBIC).plus(1)).times(SCALE).tanh();
    return s.times(0.5).times(odd.plus(1));
  }

  /** {@code dx = g ⊙ (Φ + x ⊙ Φ')}, Φ' the density or the derivative of the approximation. */
  @Override
  public List<Cotangent> backward(Adjoint<Form> at) {
    Value x = at.input(0).op("clip", Map.of("low", -FAR, "high", FAR));
    Value square = x.square();
    if (at.attributes().approximate().equals("none")) {
      Value phi = x.times(Math.sqrt(0.5)).erf().plus(1).times(0.5);
      Value density = square.times(-0.5).exp().times(DENSITY);
      return at.flow(at.gradient().times(phi.plus(x.times(density))));
    }
    Value tanh = x.times(square.times(CUBIC).plus(1)).times(SCALE).tanh();
    Value slope = square.times(3 * CUBIC).plus(1).times(SCALE).times(tanh.square().oneMinus());
    return at.flow(at.gradient().times(tanh.plus(1).plus(x.times(slope)).times(0.5)));
  }

  /** None: the bound is for infinity only. */
  @Override
  public List<Value> kinks(Adjoint<Form> at) {
    return List.of();
  }

  @Override
  public Notation notation() {
    return Notation.function("gelu", "\\operatorname{GELU}");
  }
}
