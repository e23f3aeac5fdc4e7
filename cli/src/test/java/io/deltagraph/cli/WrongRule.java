package io.deltagraph.cli;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import java.util.List;

/** {@code tanh(x)} whose backward rule is twice too large: what a check must find. */
public final class WrongRule implements Pointwise<NoAttributes> {
  @Override
  public OpId id() {
    return OpId.of("sample:wrong_rule");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Lane forward(NoAttributes attributes, Lanes x) {
    return x.get(0).tanh();
  }

  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    return List.of(
        Cotangent.flow(
            at.gradient().times(at.output().constant(2).minus(at.output().square().times(2)))));
  }
}
