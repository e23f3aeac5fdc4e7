package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Reachable;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from reverse mode: forward mode, the Hessian applied to a vector, and the Jacobian.
 */
public final class Derivatives {
  private Derivatives() {}

  /**
   * Forward mode: the Jacobian of {@code output} applied to {@code tangent}, of the output's type.
   * It is the gradient of the gradient with respect to its own cotangent, in which the gradient is
   * linear.
   *
   * @throws GraphException.NoGradient if a raw backward rule lies on the way, naming it
   */
  public static Value jvp(Value output, Value wrt, Value tangent) {
    if (!tangent.type().equals(wrt.type())) {
      throw new GraphException.NoGradient(
          "The tangent of "
              + wrt
              + " has the type "
              + tangent.type()
              + "; it needs the type of what it is a tangent of.");
    }
    Input cotangent = output.builder().standIn(output.type());
    Value pulled = Gradient.pullback(output, cotangent, List.of(wrt)).wrt(wrt);
    Value result = Gradient.pullback(pulled, tangent, List.of(cotangent)).wrt(cotangent);
    if (Reachable.from(List.of(result)).contains(cotangent)) {
      throw new GraphException.NoGradient(
          "A backward rule between "
              + wrt
              + " and "
              + output
              + " is not linear in the gradient that it is"
              + " given, so there is no forward mode through it.");
    }
    return result;
  }

  /**
   * The Hessian of a scalar applied to a vector, both of {@code wrt}'s type: the gradient of {@code
   * Σ ∇loss ⊙ v} for a constant {@code v}.
   *
   * @throws GraphException.NoGradient if the vector has another type, or an op has no second
   *     derivative
   */
  public static Value hvp(Value loss, Value wrt, Value vector) {
    Value gradient = Gradient.of(loss, List.of(wrt)).wrt(wrt);
    return Gradient.pullback(gradient, vector, List.of(wrt)).wrt(wrt);
  }

  /**
   * The Jacobian, one gradient per element of {@code output}: its shape is the output's followed by
   * that of {@code wrt}. Both have known sizes.
   */
  public static Value jacobian(Value output, Value wrt) {
    if (!output.shape().isFixed() || !wrt.shape().isFixed()) {
      throw new GraphException.NoGradient(
          "A Jacobian needs known sizes, got "
              + output
              + " with respect to "
              + wrt
              + ": give dimensions numbers.");
    }
    int rows = output.shape().elements();
    Shape shape = output.shape().concat(wrt.shape());
    if (rows == 0) {
      return output.constant(0).broadcastTo(shape);
    }
    List<Value> gradients = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      int one = row;
      TensorType type = output.type();
      Value seed = output.builder().constant(Tensor.generate(type, i -> i == one ? 1 : 0));
      gradients.add(Gradient.pullback(output, seed, List.of(wrt)).wrt(wrt));
    }
    Value first = gradients.getFirst();
    return first.stack(gradients.subList(1, rows).toArray(Value[]::new)).reshape(shape);
  }

  /** The Hessian of a scalar: the Jacobian of its gradient. */
  public static Value hessian(Value loss, Value wrt) {
    return jacobian(Gradient.of(loss, ImmutableList.of(wrt)).wrt(wrt), wrt);
  }
}
