package io.deltagraph.models.crosscheck;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.closedform.LeastSquares;
import io.deltagraph.models.data.Target;
import io.deltagraph.models.experiment.Experiment;
import io.deltagraph.models.spec.ModelSpec;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * A linear regression's trained weights beside the solution by QR (003 eq. 19, 21), on the scaled
 * features that it was trained on.
 *
 * @param names "bias" and the features
 * @param trained b ∥ w
 * @param exact θ
 */
public record LinearSolution(
    ImmutableList<String> names, ImmutableDoubleArray trained, ImmutableDoubleArray exact) {
  private static final ImmutableSet<String> SQUARED =
      ImmutableSet.of("half_squared_error", "mean_squared_error", "squared_distance");

  /** A solution, or the reason why there is none. */
  public sealed interface Result {}

  /** There is a solution. */
  public record Solved(LinearSolution solution) implements Result {}

  /** There is none. */
  public record None(String reason) implements Result {}

  /** Solves the problem that an experiment trains on. */
  public static Result of(Experiment experiment, Map<String, Tensor> parameters) {
    boolean linear =
        switch (experiment.spec().model()) {
          case ModelSpec.Linear ignored -> true;
          case ModelSpec.Logistic ignored -> false;
          case ModelSpec.Softmax ignored -> false;
          case ModelSpec.Mlp ignored -> false;
          case ModelSpec.Perceptron ignored -> false;
        };
    if (!linear || !(experiment.training().target() instanceof Target.Numbers numbers)) {
      return new None("the model is no linear regression");
    }
    if (!SQUARED.contains(experiment.plan().loss().op())) {
      return new None("the loss is no sum of squares");
    }
    if (experiment.plan().l1() > 0 || experiment.plan().l2() > 0) {
      return new None("the loss has a penalty");
    }
    double[][] features = experiment.training().samples().inputs().toRows();
    double[] theta;
    try {
      theta = LeastSquares.linear(features, numbers.values().toArray()).coefficients();
    } catch (ArithmeticException | IllegalArgumentException e) {
      return new None(String.valueOf(e.getMessage()));
    }
    double[] weights = value(parameters, "layer1.weight");
    double[] trained = new double[weights.length + 1];
    trained[0] = value(parameters, "layer1.bias")[0];
    System.arraycopy(weights, 0, trained, 1, weights.length);
    ImmutableList<String> names =
        ImmutableList.<String>builder()
            .add("bias")
            .addAll(experiment.preparation().scaling().names())
            .build();
    return new Solved(
        new LinearSolution(
            names, ImmutableDoubleArray.copyOf(trained), ImmutableDoubleArray.copyOf(theta)));
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
    double[] gaps = new double[exact.length()];
    Arrays.setAll(gaps, i -> trained.get(i) - exact.get(i));
    double length = norm(exact.toArray());
    return length == 0 ? norm(gaps) : norm(gaps) / length;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(x -> x * x).sum());
  }
}
