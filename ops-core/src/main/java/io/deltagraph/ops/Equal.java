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

/** {@code y = (a = b)}, a mask, false where either is NaN; the inputs broadcast. */
public final class Equal implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("equal", right);
  }

  @Override
  public OpId id() {
    return OpId.of("equal");
  }

  @Override
  public List<String> synonyms() {
    return List.of("eq");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "left", "right");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).equal(x.get(1));
  }

  /** Zero: a mask changes in jumps only. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flat("a comparison changes in jumps only");
  }

  @Override
  public Notation notation() {
    return Notation.infix("=", "=", Notation.Binding.COMPARISON);
  }

  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    Value a = at.input(0);
    return a.dtype().isFloat() ? List.of(a.minus(at.input(1))) : List.of();
  }
}
