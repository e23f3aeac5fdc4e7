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

/**
 * {@code y = max(a, b)}, NaN if either is, for numbers of any dtype; where both are equal, each
 * gets half of the gradient.
 */
public final class Maximum implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("maximum", right);
  }

  @Override
  public OpId id() {
    return OpId.of("maximum");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "left", "right");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).maximum(x.get(1));
  }

  /**
   * {@code da = g} where {@code a > b}, {@code g/2} where {@code a = b}, else 0; {@code db}
   * likewise.
   */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value a = at.input(0);
    Value b = at.input(1);
    Value g = at.gradient();
    Value otherwise = a.equal(b).where(g.times(0.5), g.constant(0));
    return at.flow(a.greater(b).where(g, otherwise), b.greater(a).where(g, otherwise));
  }

  @Override
  public Notation notation() {
    return Notation.function("max", "\\max");
  }

  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0).minus(at.input(1)));
  }
}
