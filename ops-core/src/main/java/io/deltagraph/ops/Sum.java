package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;

/** {@code y = Σ x} over some axes, 0 of no elements. */
public final class Sum implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("sum", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("sum");
  }

  @Override
  public List<String> synonyms() {
    return List.of("reduce_sum");
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
    return Lanes.of(like.constant(0));
  }

  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    return Lanes.of(left.get(0).plus(right.get(0)));
  }

  /** {@code dx = g}, repeated over the folded axes. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    return at.flow(ReductionAxes.spread(at, at.gradient()));
  }
}
