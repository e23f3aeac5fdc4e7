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

/** {@code y = a + b}, for numbers of any dtype; the inputs broadcast. */
public final class Add implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("add", right);
  }

  @Override
  public OpId id() {
    return OpId.of("add");
  }

  @Override
  public List<String> synonyms() {
    return List.of("plus");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "left", "right");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).plus(x.get(1));
  }

  /** {@code da = g, db = g}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient(), at.gradient());
  }

  @Override
  public Notation notation() {
    return Notation.infix("+", "+", Notation.Binding.SUM);
  }
}
