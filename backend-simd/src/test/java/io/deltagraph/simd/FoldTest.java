package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Backend;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folds along and across rows against the plain loops, bit for bit. */
class FoldTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int[] SIZES = {
    1, 2, 3, 7, 8, 9, 10, 15, 16, 17, 30, 31, 32, 33, 100, 257, 4095, 4096
  };

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void everyShape(DType dtype) {
    int onVectors = 0;
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        if ((long) rows * columns > 20_000) {
          continue;
        }
        Graph graph = graph(TensorType.of(dtype, rows, columns));
        SplittableRandom random = new SplittableRandom(31L * rows + columns);
        double[] numbers = random.doubles((long) rows * columns, -1, 1).toArray();
        numbers[random.nextInt(numbers.length)] = -0.0;
        Map<String, Tensor> feeds =
            Map.of("x", Tensor.of(TensorType.of(dtype, rows, columns), numbers));
        for (int threads = 1; threads <= 2; threads++) {
          assertThat(bits(graph, feeds, new SimdBackend(), threads))
              .as("%s[%d, %d] on %d threads", dtype, rows, columns, threads)
              .isEqualTo(bits(graph, feeds, Backend.reference(), 1));
        }
        onVectors += vectors(graph, feeds);
      }
    }
    assertThat(onVectors).as("folds on vectors").isGreaterThan(500);
  }

  private static Graph graph(TensorType type) {
    GraphBuilder builder = new GraphBuilder(OPS);
    Value x = builder.input("x", type);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put("rows", x.sum(List.of(1), true));
    outputs.put("columns", x.sum(List.of(0), false));
    outputs.put("all", x.times(x).sum());
    outputs.put("largest", x.max(List.of(1), false));
    outputs.put("highest", x.max(List.of(0), true));
    outputs.put("fused", x.exp().minus(x).sum(List.of(1), true));
    outputs.put("turned", x.transpose().times(2).sum(List.of(1), true));
    return builder.graph(outputs);
  }

  private static Map<String, List<Long>> bits(
      Graph graph, Map<String, Tensor> feeds, Backend backend, int threads) {
    Session.Options options = Session.Options.defaults().withThreads(threads).withBackend(backend);
    Map<String, List<Long>> bits = new LinkedHashMap<>();
    try (Session session = Session.open(graph, options)) {
      session.run(feeds).forEach((name, tensor) -> bits.put(name, Net.bits(tensor)));
    }
    return bits;
  }

  private static int vectors(Graph graph, Map<String, Tensor> feeds) {
    try (Session session = Session.open(graph)) {
      return (int)
          session.plan(feeds).steps().stream()
              .filter(step -> step instanceof Step.Fold fold && Fold.of(fold).isPresent())
              .count();
    }
  }
}
