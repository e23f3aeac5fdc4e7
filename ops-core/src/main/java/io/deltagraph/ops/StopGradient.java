package io.deltagraph.ops;

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

/** {@code y = x}, through which no gradient flows. */
public final class StopGradient implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("stop_gradient");
  }

  @Override
  public OpId id() {
    return OpId.of("stop_gradient");
  }

  @Override
  public List<String> synonyms() {
    return List.of("detach");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0);
  }

  /** Zero: declared to be constant. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flat("stop_gradient declares its input to be constant");
  }

  @Override
  public Notation notation() {
    return Notation.function("stop_gradient");
  }
}
