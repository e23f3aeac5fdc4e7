package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code y = min x} over some axes, NaN if any element is, ∞ of no elements; where several are the
 * smallest, they share the gradient equally, and where the result is NaN the gradient is 0.
 */
public final class Min implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("min", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("min");
  }

  @Override
  public List<String> synonyms() {
    return List.of("reduce_min", "amin");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Axes> schema() {
    return ReductionAxes.schema();
  }

  @Override
  public Axes axes(Axes attributes) {
    return attributes;
  }

  @Override
  public Lanes identity(Axes attributes, Lane like) {
    return Lanes.of(like.constant(Double.POSITIVE_INFINITY));
  }

  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    return Lanes.of(left.get(0).minimum(right.get(0)));
  }

  /** {@code dx = g / k} where {@code x = y}, k being the number of these, else 0. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    Value x = at.input(0);
    Value chosen = x.equal(ReductionAxes.kept(at, at.output()));
    Value k = chosen.cast(x.dtype()).sum(ReductionAxes.axes(x, at.attributes()), true);
    Value share = ReductionAxes.kept(at, at.gradient()).over(k);
    return at.flow(chosen.where(share, x.constant(0)));
  }

  /** {@code x − y}, which becomes or ceases to be 0 where another element takes over. */
  @Override
  public List<Value> kinks(Adjoint<Axes> at) {
    return List.of(at.input(0).minus(ReductionAxes.kept(at, at.output())));
  }

  @Override
  public Notation notation() {
    return Notation.function("min", "\\min");
  }
}
