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

/** {@code y = ¬x}. */
public final class LogicalNot implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("logical_not");
  }

  @Override
  public OpId id() {
    return OpId.of("logical_not");
  }

  @Override
  public List<String> synonyms() {
    return List.of("not", "invert");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.MASK, "x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).not();
  }

  /** Zero: masks have no gradient. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return List.of(Cotangent.zero());
  }

  @Override
  public Notation notation() {
    return Notation.template("¬{0:p}", "\\lnot {0:p}", Notation.Binding.PREFIX);
  }
}
