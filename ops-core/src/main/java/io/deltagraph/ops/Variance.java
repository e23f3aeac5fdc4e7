package io.deltagraph.ops;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code y = Σ (x − mean)² / (n − correction)} over some axes, in one pass by Welford's update as
 * Chan, Golub and LeVeque combine it (The American Statistician 37, 1983); NaN where {@code n} is 0
 * or the correction.
 */
public final class Variance implements Reduction<Variance.Of> {

  /** The axes and keepdims, and 0 for the variance of a population, 1 for that of a sample. */
  public record Of(List<Integer> axes, boolean keepdims, int correction) {
    /** Checks the correction. */
    public Of {
      Preconditions.checkArgument(
          correction == 0 || correction == 1, "correction is 0 or 1, got %s.", correction);
    }
  }

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims, int correction) {
    return x.op("variance", new Of(ImmutableList.copyOf(axes), keepdims, correction));
  }

  @Override
  public OpId id() {
    return OpId.of("variance");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x");
  }

  @Override
  public Schema<Of> schema() {
    return Schema.of(
        Of::new,
        OpAttribute.integers("axes", Of::axes).orElse(ImmutableList.of()),
        OpAttribute.flag("keepdims", Of::keepdims).orElse(false),
        OpAttribute.integer("correction", Of::correction).orElse(0));
  }

  @Override
  public Axes axes(Of of) {
    return new Axes(of.axes(), of.keepdims());
  }

  /** Count, mean, and sum of squared deviations. */
  @Override
  public Lanes prepare(Of of, Lane x, Lane index) {
    return Lanes.of(x.constant(1), x, x.constant(0));
  }

  @Override
  public Lanes identity(Of of, Lane like) {
    return Lanes.of(like.constant(0), like.constant(0), like.constant(0));
  }

  @Override
  public Lanes combine(Of of, Lanes left, Lanes right) {
    Lane n = left.get(0).plus(right.get(0));
    Lane share = right.get(0).over(n.maximum(n.constant(1)));
    Lane step = right.get(1).minus(left.get(1));
    Lane spread = left.get(0).times(share).times(step).times(step); // a large step squared is ∞
    return Lanes.of(
        n, left.get(1).plus(step.times(share)), left.get(2).plus(right.get(2)).plus(spread));
  }

  @Override
  public Lane finish(Of of, Lanes total, Lane count) {
    return total.get(2).over(count.minus(of.correction()));
  }

  /** {@code dx = 2 g ⊙ (x − mean) / (n − correction)}. */
  @Override
  public List<Cotangent> backward(Adjoint<Of> at) {
    Value x = at.input(0);
    Axes axes = axes(at.attributes());
    Value n = x.elementCount(axes.axes()).minus(at.attributes().correction());
    Value deviation = ReductionAxes.deviations(x, axes, Mean.of(x, axes.axes(), true));
    return at.flow(deviation.times(ReductionAxes.kept(x, axes, at.gradient()).times(2).over(n)));
  }
}
