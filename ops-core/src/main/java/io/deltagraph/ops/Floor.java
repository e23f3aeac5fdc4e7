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

/** {@code y = ⌊x⌋}, the largest whole number not above. */
public final class Floor implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value x) {
    return x.op("floor");
  }

  @Override
  public OpId id() {
    return OpId.of("floor");
  }

  @Override
  public List<String> synonyms() {
    return List.of("round_down");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).floor();
  }

  /** Zero: a step function. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return at.flat("floor is constant between whole numbers");
  }

  @Override
  public Notation notation() {
    return Notation.template("⌊{0}⌋", "\\left\\lfloor {0}\\right\\rfloor", Notation.Binding.ATOM);
  }

  /** {@code sin(πx)}, which changes its sign at each whole number. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    return List.of(at.input(0).times(Math.PI).sin());
  }
}
