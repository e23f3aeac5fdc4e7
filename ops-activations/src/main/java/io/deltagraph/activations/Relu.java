package io.deltagraph.activations;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Codomain;
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
 * {@code max(x, 0)}, derivative {@code H(x)} with {@code relu'(0) = 0} (003 eq. 8, whose H gives 1
 * there).
 */
public final class Relu implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("relu");

  /** {@code max(x, 0)}. */
  public static Value of(Value x) {
    return x.op("relu");
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
    return x.get(0).maximum(x.get(0).constant(0));
  }

  /**
   * {@code dx = 0 where y ≤ 0, else g}: y tells the sides of the kink apart, and is kept anyway.
   */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value y = at.output();
    Value zero = y.constant(0);
    return at.flow(y.lessEqual(zero).where(zero, at.gradient()));
  }

  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0));
  }

  @Override
  public Codomain codomain(NoAttributes none, int rank) {
    return Codomain.NON_NEGATIVE;
  }

  @Override
  public Notation notation() {
    return Notation.function("relu", "\\operatorname{ReLU}");
  }
}
