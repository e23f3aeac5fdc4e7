package io.deltagraph.simd;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Tuple;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Step;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folds along and across rows against the plain loops, bit for bit. */
class FoldTaskTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final int[] SIZES = {
    1, 2, 3, 7, 8, 9, 10, 15, 16, 17, 30, 31, 32, 33, 100, 257, 4095, 4096, 4097, 8192, 12_300,
    20_000
  };

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void everyShape(DType dtype) {
    int onVectors = 0;
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        if ((long) rows * columns <= 20_000) {
          onVectors += onVectors(graph(TensorType.of(dtype, rows, columns)), 31L * rows + columns);
        }
      }
    }
    assertThat(onVectors).as("folds on vectors").isGreaterThan(500);
  }

  /** Folds of several blocks, the last one short, over tuples of one, two and three numbers. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void manyBlocks(DType dtype) {
    int onVectors = 0;
    for (int many : new int[] {4097, 8192, 28_000}) {
      for (int few : new int[] {1, 3, 19}) {
        GraphBuilder builder = new GraphBuilder(OPS);
        Value across = builder.input("across", TensorType.of(dtype, many, few));
        Value along = builder.input("along", TensorType.of(dtype, few, many));
        Value middle = builder.input("middle", TensorType.of(dtype, 2, many, 3));
        Map<String, Value> outputs = new LinkedHashMap<>();
        outputs.put("middle", middle.times(2).sum(List.of(1), false));
        outputs.put("norm", along.op("norm2"));
        for (String op : List.of("sum", "mean", "log_sum_exp", "variance")) {
          outputs.put(op + " across", across.op(op, Map.of("axes", List.of(0))));
          outputs.put(op + " along", along.op(op, Map.of("axes", List.of(1))));
        }
        onVectors += onVectors(builder.graph(outputs), 31L * many + few);
      }
    }
    assertThat(onVectors).as("folds on vectors").isGreaterThan(70);
  }

  /** Folds of two results, in one block and in several, and of an expression. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void severalResults(DType dtype) {
    int onVectors = 0;
    for (int many : new int[] {1, 5, 16, 33, 500, 4097, 12_300}) {
      for (int few : new int[] {1, 3, 19}) {
        GraphBuilder builder = new GraphBuilder(OPS);
        Value across = builder.input("across", TensorType.of(dtype, many, few));
        Value along = builder.input("along", TensorType.of(dtype, few, many));
        Map<String, Value> outputs = new LinkedHashMap<>();
        put(outputs, "across", across, 0);
        put(outputs, "along", along, 1);
        put(outputs, "fused", along.times(along).minus(3), 1);
        onVectors += onVectors(builder.graph(outputs), 31L * many + few);
      }
    }
    assertThat(onVectors).as("folds on vectors").isGreaterThan(60);
  }

  private static void put(Map<String, Value> outputs, String name, Value x, int axis) {
    Tuple moments = x.tuple("mean_and_variance", Map.of("axes", List.of(axis), "correction", 1));
    outputs.put(name + ", variance", moments.part("variance"));
    if (axis == 1) {
      outputs.put(name + ", mean", moments.part("mean"));
    }
  }

  /** Folds over some axes of an expression, whose inputs are each repeated along some axes. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void someAxesOfRepeatedInputs(DType dtype) {
    int onVectors = 0;
    for (int seed = 0; seed < 150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rank = random.nextInt(2, 5);
      int[] sizes = random.ints(rank, 1, 21).toArray();
      sizes[random.nextInt(rank)] *= random.nextInt(4) == 0 ? 40 : 1;
      GraphBuilder builder = new GraphBuilder(OPS);
      Value element = null;
      for (int input = random.nextInt(1, 4); input > 0; input--) {
        int[] own = Arrays.stream(sizes).map(n -> random.nextInt(3) == 0 ? 1 : n).toArray();
        Value x = builder.input("x" + input, TensorType.of(dtype, own));
        element = element == null ? x.times(x) : element.minus(x);
      }
      List<Integer> axes =
          IntStream.range(0, rank).filter(axis -> random.nextInt(3) > 0).boxed().toList();
      Value most = element.max(axes, random.nextBoolean());
      Graph graph = builder.graph(Map.of("sum", element.sum(axes, true), "most", most));
      onVectors += onVectors(graph, seed);
    }
    assertThat(onVectors).as("folds on vectors").isGreaterThan(200);
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
    outputs.put("transposed", x.transpose().times(2).sum(List.of(1), true));
    return builder.graph(outputs);
  }

  /** Compares all outputs with those of plain loops; counts the folds that ran on vectors. */
  private static int onVectors(Graph graph, long seed) {
    Map<String, Tensor> feeds = Graphs.feeds(graph, seed);
    for (int threads = 1; threads <= 3; threads += 2) {
      assertThat(Graphs.bits(graph, feeds, new SimdBackend(), threads))
          .as("%s with seed %d on %d threads", graph.inputs(), seed, threads)
          .isEqualTo(Graphs.bits(graph, feeds, Backend.reference(), 1));
    }
    try (Session session = Session.open(graph)) {
      return (int)
          session.plan(feeds).steps().stream()
              .flatMap(step -> step.parts().stream())
              .filter(step -> step instanceof Step.Fold fold && isOnVectors(fold))
              .count();
    }
  }

  private static boolean isOnVectors(Step.Fold fold) {
    return FoldPlaces.of(fold).flatMap(places -> FoldKernel.of(fold, places)).isPresent();
  }
}
