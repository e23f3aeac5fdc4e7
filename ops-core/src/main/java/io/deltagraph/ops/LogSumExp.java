package io.deltagraph.ops;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Signature;
import io.deltagraph.graph.Value;
import java.util.List;

/**
 * {@code y = ln Σ exp(x)} over some axes, computed without overflow as {@code m + ln Σ exp(x − m)}
 * with the largest element m; −∞ of no elements.
 */
public final class LogSumExp implements Reduction<Reduction.Axes> {

  /** The op applied over some axes, all of them if none are given. */
  public static Value of(Value x, List<Integer> axes, boolean keepdims) {
    return ReductionAxes.of("log_sum_exp", x, axes, keepdims);
  }

  @Override
  public OpId id() {
    return OpId.of("log_sum_exp");
  }

  @Override
  public Signature signature() {
    return Signature.of("x");
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
  public Lanes prepare(Axes attributes, Lane x, Lane index) {
    return Lanes.of(x, x.constant(1));
  }

  @Override
  public Lanes identity(Axes attributes, Lane like) {
    return Lanes.of(like.constant(Double.NEGATIVE_INFINITY), like.constant(0));
  }

  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    Lane largest = left.get(0).maximum(right.get(0));
    return Lanes.of(largest, scaled(left, largest).plus(scaled(right, largest)));
  }

  @Override
  public Lane finish(Axes attributes, Lanes total, Lane count) {
    return total.get(0).plus(total.get(1).log());
  }

  /**
   * {@code dx = g ⊙ e / Σ e, e = exp(x − m)}, which is softmax: {@code exp(x − y)} would have the
   * rounding of y for an exponent. An infinite m counts as finite; 0 where every element is −∞.
   */
  @Override
  public List<Cotangent> backward(Adjoint<Axes> at) {
    List<Integer> axes = ReductionAxes.axes(at.input(0), at.attributes());
    Value x = ReductionAxes.finite(at.input(0));
    Value powers = x.minus(x.max(axes, true)).exp();
    Value share = ReductionAxes.kept(at, at.gradient()).over(powers.sum(axes, true));
    Value y = ReductionAxes.kept(at, at.output());
    Value empty = y.equal(y.constant(Double.NEGATIVE_INFINITY));
    return at.flow(empty.where(y.constant(0), powers.times(share)));
  }

  /** The sum of a run in units of {@code exp(largest)}; equal infinities have a ratio of 1. */
  private static Lane scaled(Lanes run, Lane largest) {
    Lane ratio = run.get(0).minus(largest).exp();
    return run.get(1).times(run.get(0).equal(largest).select(ratio.constant(1), ratio));
  }
}
