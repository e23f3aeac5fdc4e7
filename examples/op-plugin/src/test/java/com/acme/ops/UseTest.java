package com.acme.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.models.*;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.*;
import io.deltagraph.type.*;
import java.util.*;
import org.junit.jupiter.api.Test;

/** The ops in use: by name, in a graph and in a net. The expected numbers are worked by hand. */
class UseTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @Test
  void inAGraph() {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("x", TensorType.of(DType.F64, 2, 2));
    Value dots = x.op("acme:row_dot", x.op("acme:flip")); // 2 x₀ x₁ of each row
    Value sums = dots.op("acme:leaky_sum");
    Value loss = sums.op("acme:log_cosh", sums.constant(0));
    Map<String, Tensor> feeds = Map.of("x", Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}));

    assertArrayEquals(new double[] {4, 24 + 4.0 / 2}, value(sums, feeds), 1e-12);
    // The slope of ln cosh is tanh, here 1 but for 1e-3: each sum counts once, the first half more.
    double first = 2 * (Math.tanh(4) + Math.tanh(26) / 2);
    double second = 2 * Math.tanh(26);
    assertArrayEquals(
        new double[] {first * 2, first * 1, second * 4, second * 3},
        value(Gradient.of(loss, List.of(x)).wrt(x), feeds),
        1e-12);
    assertArrayEquals(
        new double[] {Math.sqrt(2.5 + 1e-6), Math.sqrt(12.5 + 1e-6)},
        value(x.op("acme:root_mean_square"), feeds),
        1e-12);
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
            ImmutableList.of(hidden, last),
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
        Trainer.byGradient(network, new Adam(0.02))
            .train(
                new Samples(x, y),
                new TrainingOptions(
                    200, OptionalInt.empty(), OptionalDouble.empty(), Seeds.of(1), 1),
                TrainingListener.NONE);
    assertTrue(result.loss() < 0.05, "mean squared error " + result.loss()); // 0.5 for y = 0
  }

  private static double[] value(Value root, Map<String, Tensor> feeds) {
    return Evaluate.value(root, feeds).toDoubles();
  }
}
