package io.deltagraph.losses;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;

/**
 * {@code max |f − z|} over samples and outputs (003 eq. 17, with the absolute value that it lacks);
 * there is no other reduction. Where m errors tie each gets {@code sign / m}, and 0 where the
 * maximum is 0. Targets have the shape of the outputs.
 */
public final class Supremum implements Composite<NoAttributes> {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("supremum");

  /** The loss. */
  public static Value of(Value outputs, Value targets) {
    return outputs.op("supremum", targets);
  }

  @Override
  public OpId id() {
    return ID;
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("outputs", "targets")
        .meaning(OpSignature.Role.ESTIMATES, OpSignature.Role.TARGETS);
  }

  @Override
  public Value forward(NoAttributes none, Values x) {
    return Terms.error(x).abs().max(List.of(), false);
  }

  /** {@code df = sign(f − z) g/m where |f − z| is the largest of all, else 0; dz = −df}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value error = at.input(0).minus(at.input(1));
    Value largest = error.abs().equal(at.output());
    Value share = at.gradient().over(largest.cast(error.dtype()).sum());
    Value gradient = largest.where(share.times(error.signum()), error.constant(0));
    return at.flow(gradient, gradient.negate());
  }

  /** The largest change places; above 0 for the largest only. */
  @Override
  public List<Value> kinks(Adjoint<NoAttributes> at) {
    Value error = at.input(0).minus(at.input(1));
    Value largest = error.abs().equal(at.output());
    return List.of(error, largest.cast(error.dtype()).minus(0.5));
  }

  @Override
  public Notation notation() {
    return Notation.template(
        "max|{0:p} - {1:p}|", "\\max\\left|{0:p} - {1:p}\\right|", Notation.Binding.ATOM);
  }
}
