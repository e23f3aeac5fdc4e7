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

/**
 * {@code y = Π x} over some axes, 1 of no elements. Partial products overflow and underflow too.
 */
public final class Prod implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("prod", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("prod");
  }

  @Override
  public List<String> synonyms() {
    return List.of("reduce_prod", "product");
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
    return Lanes.of(like.constant(1));
  }

  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    return Lanes.of(left.get(0).times(right.get(0)));
  }

  /** {@code dxᵢ = g Π xⱼ} over {@code j ≠ i}, without a division, so zeros are no exception. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    Value partial = at.input(0);
    Value dx = ReductionAxes.kept(at, at.gradient());
    for (int axis : ReductionAxes.axes(partial, at.attributes())) {
      dx = dx.times(ProductOfOthers.of(partial, axis));
      partial = of(partial, List.of(axis), true);
    }
    return at.flow(dx);
  }
}
