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

/** {@code y = a ∨ b} of masks, which broadcast. */
public final class LogicalOr implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value left, Value right) {
    return left.op("logical_or", right);
  }

  @Override
  public OpId id() {
    return OpId.of("logical_or");
  }

  @Override
  public List<String> synonyms() {
    return List.of("or", "bitwise_or");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.MASK, "left", "right");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).or(x.get(1));
  }

  /** Zero: masks have no gradient. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return List.of(Cotangent.zero(), Cotangent.zero());
  }

  @Override
  public Notation notation() {
    return Notation.infix("∨", "\\lor", Notation.Binding.LOGIC);
  }
}
