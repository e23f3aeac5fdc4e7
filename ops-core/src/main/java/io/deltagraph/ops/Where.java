package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code y = mask ? yes : no}, element by element, for any dtype; the inputs broadcast. The branch
 * that is not taken has no influence, whatever it holds.
 */
public final class Where implements Pointwise<NoAttributes> {

  /** The op applied. */
  public static Value of(Value mask, Value yes, Value no) {
    return mask.op("where", yes, no);
  }

  @Override
  public OpId id() {
    return OpId.of("where");
  }

  @Override
  public List<String> synonyms() {
    return List.of("select", "cond");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.MASK, "mask")
        .and("yes", OpSignature.Accepts.SAME)
        .and("no", OpSignature.Accepts.SAME);
  }

  @Override
  public Lane forward(NoAttributes none, Lanes x) {
    return x.get(0).select(x.get(1), x.get(2));
  }

  /** {@code dyes = mask ? g : 0, dno = mask ? 0 : g}. */
  @Override
  public List<Cotangent> backward(Adjoint<NoAttributes> at) {
    Value mask = at.input(0);
    Value g = at.gradient();
    Value zero = g.constant(0);
    return List.of(
        Cotangent.zero(), Cotangent.flow(mask.where(g, zero)), Cotangent.flow(mask.where(zero, g)));
  }
}
