package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code x σ(x)}, derivative {@code σ + x σ (1 − σ)}; 0 at −∞ (Elfwing, Uchibe and Doya 2018, eq.
 * 8–9), and below −88 in f32, where the value is smaller than 1e-36.
 */
public final class Silu implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("silu");

  /** From here on σ is 0 or 1 in both dtypes, and infinity may be left out. */
  private static final double FAR = 1e30;

  /** {@code x σ(x)}. */
  public static Value of(Value x) {
    return x.op("silu");
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("swish");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    Lane s = x.get(0).maximum(x.get(0).constant(-FAR));
    return s.over(s.negate().exp().plus(1));
  }

  /** {@code dx = g ⊙ (σ + y ⊙ (1 − σ))}, where an infinite y counts as finite. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value sigmoid = at.input(0).op("sigmoid");
    Value y = at.output().minimum(at.output().constant(FAR));
    return at.flow(at.gradient().times(sigmoid.plus(y.times(sigmoid.oneMinus()))));
  }

  /** None: the bound is for infinity only. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of();
  }

  @Override
  public Notation notation() {
    return Notation.function("silu", "\\operatorname{SiLU}");
  }
}
