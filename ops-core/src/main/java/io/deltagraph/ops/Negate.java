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

/** {@code y = −x}, for numbers of any dtype. */
public final class Negate implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("negate");
  }

  @Override
  public OpId id() {
    return OpId.of("negate");
  }

  @Override
  public List<String> synonyms() {
    return List.of("neg");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).negate();
  }

  /** {@code dx = −g}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flow(at.gradient().negate());
  }

  @Override
  public Notation notation() {
    return Notation.template("−{0:p}", "-{0:p}", Notation.Binding.PREFIX);
  }
}
