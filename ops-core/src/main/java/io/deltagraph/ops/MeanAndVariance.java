package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * The {@code mean} over some axes and the {@code variance} about it, {@code Σ (x − mean)² / (n −
 * correction)}, in one pass as {@link Variance} takes it; both NaN of no elements.
 */
public final class MeanAndVariance implements Reduction.Several<Variance.Of> {
  private static final Variance VARIANCE = new Variance();

  /** The mean and the variance. */
  public record Moments(Value mean, Value variance) {}

  /** The op applied over some axes, all of them if none are given. */
  public static Moments of(Value x, List<Integer> axes, boolean keepdims, int correction) {
    Tuple node =
        x.tuple("mean_and_variance", new Variance.Of(List.copyOf(axes), keepdims, correction));
    return new Moments(node.part("mean"), node.part("variance"));
  }

  @Override
  public OpId id() {
    return OpId.of("mean_and_variance");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.of("x").giving("mean", "variance");
  }

  @Override
  public Schema<Variance.Of> schema() {
    return VARIANCE.schema();
  }

  @Override
  public Axes axes(Variance.Of of) {
    return VARIANCE.axes(of);
  }

  @Override
  public Lanes prepare(Variance.Of of, Lane x, Lane index) {
    return VARIANCE.prepare(of, x, index);
  }

  @Override
  public Lanes identity(Variance.Of of, Lane like) {
    return VARIANCE.identity(of, like);
  }

  @Override
  public Lanes combine(Variance.Of of, Lanes left, Lanes right) {
    return VARIANCE.combine(of, left, right);
  }

  @Override
  public Lanes finishAll(Variance.Of of, Lanes total, Lane count) {
    Lane mean = count.greater(0).select(total.get(1), count.constant(Double.NaN));
    return Lanes.of(mean, VARIANCE.finish(of, total, count));
  }

  /** {@code dx = g / n} for the mean's g, and {@code 2 g ⊙ (x − mean) / (n − correction)}. */
  @Override
  public List<Cotangent> backward(Adjoint<Variance.Of> at) {
    Value dx = at.reached(1) ? ofVariance(at) : ofMean(at);
    return at.flow(at.reached(0) && at.reached(1) ? ofMean(at).plus(dx) : dx);
  }

  private Value ofMean(Adjoint<Variance.Of> at) {
    Value x = at.input(0);
    Value share = at.gradient(0).over(x.elementCount(at.attributes().axes()));
    return ReductionAxes.kept(x, axes(at.attributes()), share).broadcastTo(x.shape());
  }

  private Value ofVariance(Adjoint<Variance.Of> at) {
    Value x = at.input(0);
    Axes axes = axes(at.attributes());
    Value n = x.elementCount(axes.axes()).minus(at.attributes().correction());
    Value mean = ReductionAxes.kept(x, axes, at.output(0));
    Value deviation = ReductionAxes.deviations(x, axes, mean);
    return deviation.times(ReductionAxes.kept(x, axes, at.gradient(1)).times(2).over(n));
  }
}
