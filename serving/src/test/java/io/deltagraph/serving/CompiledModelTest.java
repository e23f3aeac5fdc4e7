package io.deltagraph.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.management.ThreadMXBean;
import io.deltagraph.activations.Softmax;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.ops.CumSum;
import io.deltagraph.ops.Mean;
import io.deltagraph.ops.Sort;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompiledModelTest {
  private static final OpRegistry OPS = OpRegistry.load();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int FEATURES = 13;

  /** How long to wait until no call allocates: as long as code is not compiled, it may. */
  private static final long MOST_NANOS = 20_000_000_000L;

  private static NetworkPlan plan(DType dtype, String hidden, String last, int outputs) {
    Initialiser weights = new Initialiser.Glorot();
    return new NetworkPlan(
        FEATURES,
        ImmutableList.of(
            new LayerPlan(17, OpChoice.of(hidden), weights),
            new LayerPlan(outputs, OpChoice.of(last), weights)),
        false,
        OpChoice.of("softmax_cross_entropy"),
        0,
        0,
        dtype);
  }

  /** A graph with values for its parameters. */
  private record Net(Graph graph, Map<String, Tensor> parameters) {
    static Net of(NetworkPlan plan) {
      Network network = Network.build(plan, OPS, Seeds.of(3));
      ImmutableMap.Builder<String, Tensor> values = ImmutableMap.builder();
      network.initial().forEach((parameter, value) -> values.put(parameter.label(), value));
      return new Net(network.prediction(), values.buildOrThrow());
    }

    /** Without parameters, from n × 5. */
    static Net of(UnaryOperator<Value> outputs) {
      GraphBuilder builder = new GraphBuilder(OPS);
      Value x = builder.input("x", new TensorType(DType.F64, Shape.of(Dim.named("N"), Dim.of(5))));
      return new Net(builder.graph(Map.of(Network.OUTPUTS, outputs.apply(x))), Map.of());
    }

    CompiledModel compiled() {
      return CompiledModel.of(graph, parameters);
    }

    /** What a session of its own gives for exactly these rows. */
    Tensor apart(Tensor rows) {
      try (Session session = Session.open(graph)) {
        return session
            .setAll(parameters)
            .run(Map.of(graph.inputs().getFirst().label(), rows))
            .get(Network.OUTPUTS);
      }
    }
  }

  private static Tensor rows(DType dtype, int count, int width) {
    RandomStream random = Seeds.of(count).stream();
    return Tensor.generate(TensorType.of(dtype, count, width), i -> random.nextGaussian());
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F64"})
  void aRowHasItsBitsInWhateverCompany(DType dtype) {
    for (Net net :
        List.of(
            Net.of(plan(dtype, "relu", "softmax", 10)),
            Net.of(plan(dtype, "tanh", "log_softmax", 3)),
            Net.of(NetworkPlan.logisticRegression(FEATURES, dtype)),
            Net.of(NetworkPlan.reducedSoftmaxRegression(FEATURES, 4, dtype)))) {
      CompiledModel compiled = net.compiled();
      Tensor all = rows(dtype, 150, FEATURES);
      Tensor expected = net.apart(all);
      int width = expected.size(1);
      for (int count : List.of(1, 2, 7, 8, 63, 64, 65, 71, 72, 128, 150)) {
        Tensor some = all.rows(0, count);
        Tensor outputs = compiled.predict(some);
        assertThat(outputs.bitEquals(expected.rows(0, count)))
            .as("%s rows of %s", count, net.graph().outputs())
            .isTrue();
        assertThat(net.apart(some).bitEquals(outputs)).isTrue();
      }
      double[] one = new double[width];
      for (int row = 0; row < 150; row++) {
        compiled.predict(all.toRows()[row], one);
        assertThat(one).containsExactly(expected.toRows()[row]);
      }
    }
  }

  /** Rows that look at each other are run together, as they are given. */
  @Test
  void rowsThatAreNotApartAreRunTogether() {
    List<UnaryOperator<Value>> nets =
        List.of(
            x -> x.minus(Mean.of(x, List.of(0), true)),
            x -> CumSum.of(x, 0, false),
            x -> Sort.of(x, 0, true),
            x -> Softmax.of(x, 0),
            x -> x.matmul(x.transpose()).matmul(x));
    for (UnaryOperator<Value> outputs : nets) {
      Net net = Net.of(outputs);
      assertThat(RowsApart.in(net.graph())).isFalse();
      for (int count : List.of(1, 3, 100)) {
        Tensor rows = rows(DType.F64, count, 5);
        assertThat(net.compiled().predict(rows).bitEquals(net.apart(rows))).isTrue();
      }
    }
  }

  @Test
  void rowsOfUsualNetsAreApart() {
    assertThat(RowsApart.in(Net.of(plan(DType.F32, "relu", "softmax", 10)).graph())).isTrue();
    assertThat(RowsApart.in(Net.of(plan(DType.F32, "prelu", "log_softmax", 2)).graph())).isTrue();
    assertThat(RowsApart.in(Net.of(NetworkPlan.linearRegression(3, DType.F64)).graph())).isTrue();
    assertThat(RowsApart.in(Net.of(x -> Softmax.of(x, 1)).graph())).isTrue();
    assertThat(RowsApart.in(Net.of(x -> x.minus(Mean.of(x, List.of(1), true))).graph())).isTrue();
  }

  @Test
  void severalThreadsGetTheSameBits() throws Exception {
    Net net = Net.of(plan(DType.F32, "relu", "softmax", 10));
    CompiledModel compiled = net.compiled();
    List<Tensor> given = new ArrayList<>();
    for (int i = 1; i <= 24; i++) {
      given.add(rows(DType.F32, 3 * i, FEATURES));
    }
    List<Tensor> expected = given.stream().map(net::apart).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int round = 0; round < 20; round++) {
        for (int i = 0; i < given.size(); i++) {
          Tensor rows = given.get(i);
          Tensor right = expected.get(i);
          done.add(threads.submit(() -> compiled.predict(rows).bitEquals(right)));
        }
      }
      for (Future<Boolean> one : done) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void aRowAllocatesNothingOnceSettled() {
    CompiledModel compiled = Net.of(plan(DType.F32, "relu", "softmax", 10)).compiled();
    double[][] rows = rows(DType.F32, 100, FEATURES).toRows();
    double[] into = new double[10];
    long start = System.nanoTime();
    do {
      compiled.predict(rows[0], into);
    } while (!compiled.isSettled() && System.nanoTime() - start < MOST_NANOS);
    assertThat(compiled.isSettled()).isTrue();
    long least = Long.MAX_VALUE;
    while (least > 0 && System.nanoTime() - start < 2 * MOST_NANOS) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (double[] row : rows) {
        compiled.predict(row, into);
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).as("bytes of 100 rows").isZero();
    assertThat(Arrays.stream(into).sum()).isBetween(0.999, 1.001);
  }

  /** However many calls, a copy of the plans is made for each thread at a time, and kept. */
  @Test
  void whatDoesNotFitIsRefusedAndTheNextCallWorks() {
    Net net = Net.of(plan(DType.F32, "relu", "softmax", 10));
    CompiledModel compiled = net.compiled();
    double[] into = new double[10];
    for (int i = 0; i < 3 * Runtime.getRuntime().availableProcessors(); i++) {
      assertThatThrownBy(() -> compiled.predict(new double[FEATURES - 1], into))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessageContainingAll("bound as f32[1, 13]", "row 0 of 12 numbers");
      assertThatThrownBy(() -> compiled.predict(new double[FEATURES], new double[9]))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessage("There are 10 outputs, got room for 9.");
      assertThatThrownBy(() -> compiled.predict(rows(DType.F64, 20, FEATURES)))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessageContaining("the element types differ");
      assertThatThrownBy(() -> compiled.predict(rows(DType.F32, 20, FEATURES + 1)))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessageContaining("axis 1 has 14 instead of 13");
    }
    Tensor rows = rows(DType.F32, 9, FEATURES);
    assertThat(compiled.predict(rows).bitEquals(net.apart(rows))).isTrue();
  }
}
