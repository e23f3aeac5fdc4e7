package io.deltagraph.optimizers;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The nearest point of a set, taken after a step so that parameters stay in the set, as 003 keeps
 * {@code ‖W‖ ≤ 1} in the norm 1 or 2. Norms are those of all elements of one parameter.
 *
 * <p>A value inside stays bit for bit. One from outside ends inside as the dtype rounds, a few
 * units in the last place away from the bound, so that projecting again changes nothing. NaN stays.
 */
@FunctionalInterface
public interface Projection {

  /** The nearest point of the set, of the value's type. */
  Value of(Value value);

  /** The optimizer with all parameters' new values projected, each for itself. */
  default Optimizer after(Optimizer optimizer) {
    return after(optimizer, parameter -> true);
  }

  /**
   * The optimizer with some parameters' new values projected, each for itself.
   *
   * @param projected which ones, such as {@code parameter -> parameter.type().rank() > 1}, which
   *     leaves biases out
   */
  default Optimizer after(Optimizer optimizer, Predicate<GraphParameter> projected) {
    return new Wrapped(
        optimizer,
        gradients -> {
          OptimizerStep step = optimizer.step(gradients);
          Map<GraphParameter, Value> updates = new LinkedHashMap<>(step.updates());
          gradients.keySet().stream()
              .filter(projected)
              .forEach(parameter -> updates.computeIfPresent(parameter, (p, next) -> of(next)));
          return new OptimizerStep(ImmutableMap.copyOf(updates), step.initialState());
        });
  }

  /** Onto {@code ‖w‖₂ ≤ radius}: {@code w · radius / ‖w‖₂} from outside; radius is above 0. */
  static Projection ontoL2Ball(double radius) {
    OptionChecks.positive("radius", radius);
    return value -> shrunk(value, value, radius, value.norm2());
  }

  /**
   * Onto {@code ‖w‖₁ ≤ radius}: {@code sign(w) max(|w| − θ, 0)} from outside; radius is above 0.
   *
   * <p>θ is found from the sizes in descending order {@code u₁ ≥ u₂ ≥ …} as {@code maxⱼ (u₁ + … +
   * uⱼ − radius) / j}, which is the θ of Duchi, Shalev-Shwartz, Singer and Chandra (2008), figure
   * 1: the quotient grows with j while {@code uⱼ} exceeds it, and falls from there on.
   */
  static Projection ontoL1Ball(double radius) {
    OptionChecks.positive("radius", radius);
    return value -> {
      int count = value.shape().elements();
      Value sizes = value.abs();
      Value sorted = sizes.reshape(Shape.of(count)).sort(0, true);
      Tensor places = Tensor.generate(TensorType.of(value.dtype(), count), i -> i + 1);
      Value excess = sorted.cumsum(0).minus(radius);
      Value threshold = excess.over(value.builder().constant(places)).max(List.of(), false);
      Value kept = sizes.minus(threshold).maximum(value.constant(0)).times(value.signum());
      return shrunk(value, kept, radius, value.norm1(), kept.norm1());
    };
  }

  private static Value shrunk(Value value, Value near, double radius, Value norm) {
    return shrunk(value, near, radius, norm, norm);
  }

  /**
   * {@code near} scaled into the ball where {@code value} is outside of it. Rounding makes {@code
   * near} miss the bound by as much as the value's own size has in its last place.
   */
  private static Value shrunk(
      Value value, Value near, double radius, Value norm, Value normOfNear) {
    double inside = radius * (1 - 16 * unit(value.dtype()));
    Value scaled = near.times(near.constant(inside).over(normOfNear));
    return norm.lessEqual(norm.constant(radius)).where(value, scaled);
  }

  private static double unit(DType dtype) {
    return switch (dtype) {
      case F64 -> Math.ulp(1.0);
      case F32, I64, I32, BOOL -> Math.ulp(1.0f);
    };
  }
}
