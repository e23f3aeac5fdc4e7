package io.deltagraph.crosscheck;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.activations.Identity;
import io.deltagraph.closedform.LeastSquares;
import io.deltagraph.graph.OpId;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.MeanSquaredError;
import io.deltagraph.losses.SquaredDistance;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A linear regression's trained weights beside the solution by QR (003 eq. 19, 21), on the scaled
 * features that it was trained on.
 *
 * @param names "bias" and the features
 * @param trained b ∥ w
 * @param exact θ
 */
public record LinearSolution(List<String> names, List<Double> trained, List<Double> exact) {
  private static final ImmutableSet<OpId> SQUARED =
      ImmutableSet.of(HalfSquaredError.ID, MeanSquaredError.ID, SquaredDistance.ID);

  public LinearSolution {
    names = ImmutableList.copyOf(names);
    trained = ImmutableDoubleArray.copyOf(trained).asList();
    exact = ImmutableDoubleArray.copyOf(exact).asList();
  }

  /** A solution, or the reason why there is none. */
  public sealed interface Result {}

  /** There is a solution. */
  public record Solved(LinearSolution solution) implements Result {}

  /** There is none. */
  public record None(String reason) implements Result {}

  /**
   * Solves the problem that a net of one neuron trains on.
   *
   * @param features the names of the columns of X
   * @param samples X and the numbers to predict, n × 1
   * @param parameters the trained weights, by name
   */
  public static Result of(
      NetworkPlan plan, List<String> features, Samples samples, Map<String, Tensor> parameters) {
    LayerPlan neuron = plan.layers().getFirst();
    if (plan.layers().size() > 1 || plan.outputs() > 1 || !neuron.activation().is(Identity.ID)) {
      return new None("the model is no linear regression");
    }
    if (SQUARED.stream().noneMatch(plan.loss()::is)) {
      return new None("the loss is no sum of squares");
    }
    if (plan.l1() > 0 || plan.l2() > 0) {
      return new None("the loss has a penalty");
    }
    double[] theta;
    try {
      theta =
          LeastSquares.linear(samples.inputs().toRows(), samples.targets().toDoubles())
              .coefficients();
    } catch (ArithmeticException | IllegalArgumentException e) {
      return new None(String.valueOf(e.getMessage()));
    }
    double[] weights = value(parameters, "layer1.weight");
    double[] trained = new double[weights.length + 1];
    trained[0] = value(parameters, "layer1.bias")[0];
    System.arraycopy(weights, 0, trained, 1, weights.length);
    List<String> names = ImmutableList.<String>builder().add("bias").addAll(features).build();
    return new Solved(new LinearSolution(names, Doubles.asList(trained), Doubles.asList(theta)));
  }

  private static double[] value(Map<String, Tensor> parameters, String name) {
    Tensor tensor = parameters.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("There is no value for '" + name + "'.");
    }
    return tensor.toDoubles();
  }

  /** {@code ‖trained − exact‖ / ‖exact‖}. */
  public double relativeDifference() {
    double[] gaps = new double[exact.size()];
    Arrays.setAll(gaps, i -> trained.get(i) - exact.get(i));
    double length = norm(Doubles.toArray(exact));
    return length == 0 ? norm(gaps) : norm(gaps) / length;
  }

  private static double norm(double[] values) {
    return Arrays.stream(values).reduce(0, Math::hypot);
  }
}
