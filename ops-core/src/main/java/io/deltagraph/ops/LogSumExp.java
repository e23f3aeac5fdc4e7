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
 * {@code y = ln Σ exp(x)} over some axes, computed without overflow as {@code m + ln(1 + Σ exp(x −
 * m))} with the largest element m and the sum of the others; −∞ of no elements.
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
  public List<String> synonyms() {
    return List.of("logsumexp", "lse");
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

  /** The largest element, and the sum of all others in units of {@code exp(largest)}. */
  @Override
  public Lanes prepare(Axes attributes, Lane x, Lane index) {
    return Lanes.of(x, x.constant(0));
  }

  /** No elements: less than the largest one by 1. */
  @Override
  public Lanes identity(Axes attributes, Lane like) {
    return Lanes.of(like.constant(Double.NEGATIVE_INFINITY), like.constant(-1));
  }

  /** {@code s + e^(m' − m) (1 + s')}, with m' and s' of the run whose largest is the smaller. */
  @Override
  public Lanes combine(Axes attributes, Lanes left, Lanes right) {
    Lane a = left.get(0);
    Lane b = right.get(0);
    Lane gap = a.equal(b).select(a.constant(0), a.minus(b).abs().negate());
    Lane isLeft = b.less(a);
    Lane own = isLeft.select(left.get(1), right.get(1));
    Lane other = isLeft.select(right.get(1), left.get(1)).plus(1);
    return Lanes.of(a.maximum(b), own.plus(other.times(gap.exp())));
  }

  @Override
  public Lane finish(Axes attributes, Lanes total, Lane count) {
    return total.get(0).plus(total.get(1).log1p());
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
}
