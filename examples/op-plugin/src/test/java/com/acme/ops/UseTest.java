package com.acme.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deltagraph.graph.Value;
import io.deltagraph.models.*;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Calculation.Expression;
import io.deltagraph.training.*;
import io.deltagraph.type.*;
import java.util.*;
import org.junit.jupiter.api.Test;

/** The ops in use: by name, in a graph and in a net. The expected numbers are worked by hand. */
class UseTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @Test
  void inAGraph() {
    Tensor x = Tensor.matrix(new double[] {1, 2}, new double[] {3, 4});

    assertArrayEquals(
        new double[] {4, 24 + 4.0 / 2}, Calculation.elements(v -> sums(v[0]), x), 1e-12);
    // The slope of ln cosh is tanh, here 1 but for 1e-3: each sum counts once, the first half more.
    double first = 2 * (Math.tanh(4) + Math.tanh(26) / 2);
    double second = 2 * Math.tanh(26);
    Expression loss = v -> sums(v[0]).op("acme:log_cosh", v[0].constant(0));
    assertArrayEquals(
        new double[] {first * 2, first * 1, second * 4, second * 3},
        Calculation.elements(Calculation.derivative(loss, 0), x),
        1e-12);
    assertArrayEquals(
        new double[] {Math.sqrt(2.5 + 1e-6), Math.sqrt(12.5 + 1e-6)},
        Calculation.elements(v -> v[0].op("acme:root_mean_square"), x),
        1e-12);
  }

  /** By the names of both outputs. */
  @Test
  void ofTwoOutputs() {
    Tensor x = Tensor.matrix(new double[] {3, 4}, new double[] {8, -6});
    Expression length = v -> v[0].tuple("acme:direction_and_length").part("length");
    Expression direction = v -> v[0].tuple("acme:direction_and_length").part("direction");

    double first = Math.sqrt(25.01);
    double second = Math.sqrt(100.01);
    double[] parts = {3 / first, 4 / first, 8 / second, -6 / second};
    assertArrayEquals(new double[] {first, second}, Calculation.elements(length, x), 1e-12);
    assertArrayEquals(parts, Calculation.elements(direction, x), 1e-12);
    // The length grows along the direction.
    assertArrayEquals(parts, Calculation.elements(Calculation.derivative(length, 0), x), 1e-12);
  }

  private static Value sums(Value x) {
    Value dots = x.op("acme:row_dot", x.op("acme:flip")); // 2 x₀ x₁ of each row
    return dots.op("acme:leaky_sum");
  }

  @Test
  void inANet() {
    LayerPlan hidden =
        new LayerPlan(
            8, OpChoice.of("acme:snake", "frequency", 2.0), new Initialiser.Glorot());
    LayerPlan last = new LayerPlan(1, OpChoice.of("identity"), new Initialiser.Glorot());
    NetworkPlan plan =
        new NetworkPlan(
            1,
            List.of(hidden, last),
            false,
            OpChoice.of("mean_squared_error"),
            0,
            0,
            DType.F64);
    Network network = Network.build(plan, OPS, Seeds.of(1));
    TensorType column = TensorType.of(DType.F64, 32, 1);
    Tensor x = Tensor.generate(column, i -> i / 8.0 - 2);
    Tensor y = Tensor.generate(column, i -> Math.sin(4 * x.get(i)));
    TrainingResult result =
        Trainer.of(network.model())
            .optimizer(new Adam(0.02))
            .epochs(200)
            .batch(32)
            .fit(new Samples(x, y));
    assertTrue(result.loss() < 0.05, "mean squared error " + result.loss()); // 0.5 for y = 0
  }
}
