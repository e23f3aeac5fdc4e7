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
 * {@code y = (1/n) Σ x} over some axes, NaN of no elements. The sum may overflow where the mean
 * does not.
 */
public final class Mean implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("mean", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("mean");
  }

  @Override
  public List<String> synonyms() {
    return List.of("reduce_mean", "average");
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

  @Override
  public Lane finish(Axes attributes, Lanes total, Lane count) {
    return total.get(0).over(count);
  }

  /** {@code dx = g / n}, repeated over the folded axes. */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    Value n = at.input(0).elementCount(at.attributes().axes());
    return at.flow(ReductionAxes.spread(at, at.gradient().over(n)));
  }
}
