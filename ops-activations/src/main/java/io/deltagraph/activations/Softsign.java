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
import io.deltagraph.type.DType;
import java.util.List;

/** {@code x / (1 + |x|)}, derivative {@code 1 / (1 + |x|)²}; ±1 at ±∞ (Bergstra et al. 2009). */
public final class Softsign implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("softsign");

  /** {@code x / (1 + |x|)}. */
  public static Value of(Value x) {
    return x.op("softsign");
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
  public Lane forward(NoAttributes none, Lanes x) {
    Lane s = x.get(0);
    double far = s.dtype() == DType.F32 ? 1e30 : 1e300; // ±1, and infinity may be left out
    Lane near = s.minimum(s.constant(far)).maximum(s.constant(-far));
    return near.over(near.abs().plus(1));
  }

  /**
   * {@code dx = g / (1 + |x|) / (1 + |x|)}: the square alone overflows where dx does not vanish.
   */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value size = at.input(0).abs().plus(1);
    return at.flow(at.gradient().over(size).over(size));
  }

  /** {@code x}: the second derivative jumps at 0. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0));
  }

  @Override
  public Notation notation() {
    return Notation.function("softsign");
  }
}
