package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Ops applied to numbers: what the tests here compare with tables. */
final class Applied {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final double TOLERANCE = 1e-14;

  private final GraphBuilder builder = new GraphBuilder(OPS);
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Tensor> feeds;

  private Applied(Tensor... tensors) {
    ImmutableMap.Builder<String, Tensor> named = ImmutableMap.builder();
    for (int i = 0; i < tensors.length; i++) {
      inputs.add(builder.input("x" + i, tensors[i].type()));
      named.put("x" + i, tensors[i]);
    }
    feeds = named.buildOrThrow();
  }

  /** The value of an expression of those inputs. */
  static Tensor value(Function<List<Value>, Value> expression, Tensor... inputs) {
    Applied applied = new Applied(inputs);
    return Evaluate.value(expression.apply(applied.inputs), applied.feeds);
  }

  /** The gradients of {@code Σ seed ⊙ expression} with respect to the inputs. */
  static List<Tensor> gradients(
      Function<List<Value>, Value> expression, Tensor seed, Tensor... inputs) {
    Applied applied = new Applied(inputs);
    Value cotangent = applied.builder.constant(seed);
    Gradient gradient =
        Gradient.pullback(expression.apply(applied.inputs), cotangent, applied.inputs);
    return Evaluate.values(applied.inputs.stream().map(gradient::wrt).toList(), applied.feeds);
  }

  /** A function of one vector. */
  static double[] values(Function<Value, Value> function, double... x) {
    return value(inputs -> function.apply(inputs.get(0)), Tensor.vector(x)).toDoubles();
  }

  /** The derivative of a function of one number, at several. */
  static double[] slopes(Function<Value, Value> function, double... x) {
    Tensor input = Tensor.vector(x);
    Tensor ones = Tensor.filled(input.type(), 1);
    return gradients(inputs -> function.apply(inputs.get(0)), ones, input).get(0).toDoubles();
  }

  /** Why the gradient of a function is reported as 0. */
  static List<String> flat(Function<Value, Value> function) {
    Applied applied = new Applied(Tensor.scalar(1));
    return Gradient.of(function.apply(applied.inputs.get(0)), applied.inputs).flat();
  }

  /**
   * Compares a function with rows of x, value and slope, by 1e-14 of the number or of the floor,
   * whichever is larger.
   */
  static void assertTable(
      Function<Value, Value> function, double[][] table, double floor, double slopeFloor) {
    double[] x = new double[table.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = table[i][0];
    }
    double[] values = values(function, x);
    double[] slopes = slopes(function, x);
    for (int i = 0; i < x.length; i++) {
      assertClose("value at " + x[i], table[i][1], values[i], floor);
      assertClose("slope at " + x[i], table[i][2], slopes[i], slopeFloor);
    }
  }

  private static void assertClose(String what, double expected, double got, double floor) {
    assertEquals(expected, got, TOLERANCE * Math.max(Math.abs(expected), floor), what);
  }

  /** The usual cases and some more. */
  static List<Case> with(List<Case> usual, Case... more) {
    assertTrue(more.length > 0, "there is something to add");
    return ImmutableList.<Case>builder().addAll(usual).add(more).build();
  }
}
