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

/** {@code y = (x is not a number)}. */
public final class IsNan implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("is_nan");
  }

  @Override
  public OpId id() {
    return OpId.of("is_nan");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).isNaN();
  }

  /** Zero: a mask. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flat("whether an element is a number does not change with a small step");
  }

  @Override
  public Notation notation() {
    return Notation.function("is_nan");
  }
}
