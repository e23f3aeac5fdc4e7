package ${package};

import io.deltagraph.graph.*;
import java.util.List;

/** {@code x σ(x)} (Ramachandran, Zoph and Le 2017): put your own op in its place. */
public final class ${opClass} implements Pointwise<NoAttributes> {
  @Override public OpId id() { return OpId.of("${opId}"); }
  @Override public OpSignature signature() { return OpSignature.of("x"); }
  @Override public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).over(x.get(0).negate().exp().plus(1));
  }
  /** {@code dx = g ⊙ (σ + y ⊙ (1 − σ))}. Without this method the rule is derived. */
  @Override public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value sigmoid = at.input(0).negate().exp().plus(1).reciprocal();
    return at.flow(at.gradient().times(sigmoid.plus(at.output().times(sigmoid.oneMinus()))));
  }
}
