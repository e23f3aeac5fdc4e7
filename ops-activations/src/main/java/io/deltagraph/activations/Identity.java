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

/** {@code x}, the activation of linear neurons; derivative 1 (003 eq. 3). */
public final class Identity implements Pointwise<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("identity");

  /** {@code x}. */
  public static Value of(Value x) {
    return x.op("identity");
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public List<String> synonyms() {
    return List.of("none");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0);
  }

  /** {@code dx = g}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient());
  }

  @Override
  public Notation notation() {
    return Notation.function("identity", "\\operatorname{id}");
  }
}
