package io.deltagraph.gradient;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gradients of one value with respect to others, as values of the same builder.
 *
 * @param values the gradient of each value asked for, of its type
 * @param reached the values asked for to which any gradient flows; the others have zeros
 * @param flat why a gradient is zero almost everywhere, for each op on the way that says so
 */
public record Gradient(Map<Value, Value> values, Set<Value> reached, List<String> flat) {
  public Gradient {
    values = ImmutableMap.copyOf(values);
    reached = ImmutableSet.copyOf(reached);
    flat = ImmutableList.copyOf(flat);
  }

  /**
   * The gradients of a scalar.
   *
   * @param loss a scalar of a float dtype
   * @param wrt float values, at any place of the graph, each of which gets its total derivative
   * @throws GraphException.NoGradient if the loss is no scalar, or an op on the way has no rule
   */
  public static Gradient of(Value loss, List<? extends Value> wrt) {
    if (loss.type().rank() != 0) {
      throw new GraphException.NoGradient(
          "Only a scalar has a gradient, got "
              + loss
              + ". Sum or average it, ask for the Jacobian, or give Gradient.pullback a cotangent.");
    }
    return pullback(loss, loss.constant(1), wrt);
  }

  /**
   * The transposed Jacobian applied to a cotangent.
   *
   * @param output any float value
   * @param cotangent a value of the output's type
   * @param wrt float values
   * @throws GraphException.NoGradient if an op on the way has no rule
   */
  public static Gradient pullback(Value output, Value cotangent, List<? extends Value> wrt) {
    return pullback(List.of(output), List.of(cotangent), wrt);
  }

  /**
   * The same for several outputs at once, all of one builder: the sum of what each of them gives.
   *
   * @param outputs at least one float value
   * @param cotangents a value of the type of each
   */
  public static Gradient pullback(
      List<? extends Value> outputs, List<? extends Value> cotangents, List<? extends Value> wrt) {
    if (outputs.isEmpty() || outputs.size() != cotangents.size()) {
      throw new GraphException.NoGradient(
          "A pullback takes one cotangent for each output, at least one; got %d for %d."
              .formatted(cotangents.size(), outputs.size()));
    }
    for (int i = 0; i < outputs.size(); i++) {
      check(outputs.get(i), cotangents.get(i), wrt);
    }
    return new ReverseSweep(ImmutableList.copyOf(outputs), wrt, false)
        .run(ImmutableList.copyOf(cotangents));
  }

  private static void check(Value output, Value cotangent, List<? extends Value> wrt) {
    if (!cotangent.type().equals(output.type())) {
      throw new GraphException.NoGradient(
          "The cotangent of "
              + output
              + " has the type "
              + cotangent.type()
              + "; it needs the type of what it is a gradient of.");
    }
    for (Value value : ImmutableList.<Value>builder().add(output, cotangent).addAll(wrt).build()) {
      if (value.builder() != output.builder()) {
        throw new GraphException.NoGradient(
            "There is no gradient between "
                + output
                + " and "
                + value
                + ": they belong to two builders.");
      }
    }
    if (!output.dtype().isFloat()) {
      throw new GraphException.NoGradient(
          "There is no gradient of " + output + ": only f64 and f32 values have one.");
    }
    for (Value value : wrt) {
      if (!value.dtype().isFloat()) {
        throw new GraphException.NoGradient(
            "There is no gradient with respect to "
                + value
                + ": only f64 and f32 values have one.");
      }
    }
  }

  /** Whether any gradient flows to a value that was asked for. */
  public boolean reached(Value value) {
    return reached.contains(value);
  }

  /** The gradient with respect to a value that was asked for. */
  public Value wrt(Value value) {
    Value gradient = values.get(value);
    if (gradient == null) {
      throw new GraphException.NoGradient(
          "The gradient with respect to "
              + value
              + " was not asked for; asked for were "
              + values.keySet()
              + ".");
    }
    return gradient;
  }
}
