package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import java.util.List;

/** Bounds on gradients. */
public final class Clipping {
  /** What {@code torch.nn.utils.clip_grad_norm_} adds to the norm, lest it divide by 0. */
  private static final double GUARD = 1e-6;

  private Clipping() {}

  /** {@code g ← min(max(g, −limit), limit)}, element by element; limit is above 0. */
  public static GradientTransform byValue(double limit) {
    OptionChecks.positive("limit", limit);
    return gradients ->
        ImmutableMap.copyOf(
            Maps.transformValues(
                gradients, g -> g.maximum(g.constant(-limit)).minimum(g.constant(limit))));
  }

  /**
   * {@code g ← g · min(1, limit / (‖g‖₂ + 1e-6))}, where the norm is that of all parameters'
   * gradients together and limit is above 0.
   *
   * <p>This is the rule of {@code torch.nn.utils.clip_grad_norm_} (Pascanu, Mikolov and Bengio 2013
   * without its 1e-6): a gradient whose norm is just the limit becomes shorter by 1e-6 / limit, a
   * shorter one by more than 1e-6 stays bit for bit, zero stays zero. The norm is taken in f64 and
   * overflows only where it is itself above 1.8e308.
   */
  public static GradientTransform byGlobalNorm(double limit) {
    OptionChecks.positive("limit", limit);
    return gradients -> {
      List<Value> norms = gradients.values().stream().map(Clipping::norm).toList();
      Value[] others = norms.subList(1, norms.size()).toArray(Value[]::new);
      Value norm = norms.getFirst().stack(others).norm2();
      Value factor = norm.constant(limit).over(norm.plus(GUARD)).minimum(norm.constant(1));
      return ImmutableMap.copyOf(
          Maps.transformValues(gradients, g -> g.times(factor.cast(g.dtype()))));
    };
  }

  /** The squares of f32 numbers have room in f64; those of f64 numbers need units of their own. */
  private static Value norm(Value g) {
    return g.dtype() == DType.F64 ? g.norm2() : g.cast(DType.F64).square().sum().sqrt();
  }
}
