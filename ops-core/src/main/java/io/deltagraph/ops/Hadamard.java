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
 * {@code y = a ⊙ b}, the product element by element, for numbers of any dtype; the inputs
 * broadcast.
 */
public final class Hadamard implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("hadamard", right);
  }

  @Override
  public OpId id() {
    return OpId.of("hadamard");
  }

  @Override
  public List<String> synonyms() {
    return List.of("mul", "multiply", "times");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "left", "right");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).times(x.get(1));
  }

  /** {@code da = g ⊙ b, db = g ⊙ a}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value g = at.gradient();
    return at.flow(g.times(at.input(1)), g.times(at.input(0)));
  }

  @Override
  public Notation notation() {
    return Notation.infix("⊙", "\\odot", Notation.Binding.PRODUCT);
  }
}
