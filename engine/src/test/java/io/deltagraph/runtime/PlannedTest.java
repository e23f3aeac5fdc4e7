package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertBits;
import static io.deltagraph.runtime.Samples.assertSame;
import static io.deltagraph.runtime.Samples.f64;
import static io.deltagraph.runtime.Samples.kinds;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Slot;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Graphs of many nodes through plans against the naive evaluation that keeps everything. */
class PlannedTest {

  private static long scratch(Plan plan) {
    return plan.slots().stream().filter(slot -> slot.role() instanceof Slot.Scratch).count();
  }

  @Test
  void aChainNeedsTwoBuffers() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(100));
    Value y = x;
    for (int i = 0; i < 50; i++) {
      y = TestOps.scale(y, 1 + i);
    }
    Graph graph = builder.graph(Map.of("y", y));
    assertThat(Planner.plan(graph, Map.of()).steps()).hasSize(1);
    Plan plan = Planner.nodeByNode(graph, Map.of());
    assertThat(plan.steps()).hasSize(50);
    assertThat(scratch(plan)).isEqualTo(2);
    assertThat(plan.scratchBytes()).isEqualTo(2 * 800);
    assertThat(plan.toString())
        .startsWith("plan for fixed sizes: 50 steps, 3 buffers, 2,400 bytes of which 1,600 for")
        .contains("#0    f64[100]  input x", "output    y = #2 f64[100]");
  }

  /** A moment that decays and what is added to it are one pass over it. */
  @Test
  void whatIsMadeOfParametersWaitsForItsReaders() {
    GraphBuilder builder = TestOps.builder();
    GraphParameter moment = builder.parameter("m", f64(3, 3));
    Value x = builder.input("x", f64(3, 3));
    Value gradient = TestOps.product("ik,kj->ij", x, x);
    Value next = TestOps.add(TestOps.scale(moment, 0.5), gradient);
    Plan plan = Planner.plan(builder.graph(Map.of(), Map.of(moment, next)), Map.of());
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.commits()).singleElement().isInstanceOf(Step.Product.class);
  }

  /** Elements are stored, where x was if nothing else reads that, rather than read with gaps. */
  @Test
  void anInputThatIsRepeatedAlongSomeFoldedAxesMakesALoop() {
    GraphBuilder builder = TestOps.builder();
    Value given = builder.input("x", f64(2, 40, 30));
    Value x = TestOps.sum(TestOps.axes(false, 0)).of(given);
    Value first = TestOps.window(given, Shape.of(40, 30), 0, 30, 1);
    for (TensorType repeated : List.of(f64(30), f64(40, 1))) {
      Value other = builder.input(repeated.toString(), repeated);
      Map<String, Tensor> feeds =
          Map.of("x", tensor(1, given.type()), other.label(), tensor(2, repeated));
      Value inPlace = TestOps.sum(TestOps.axes(false, 0, 1)).of(TestOps.add(x, other));
      Plan plan = Planner.plan(builder.graph(Map.of("y", inPlace)), Map.of());
      assertThat(kinds(plan)).containsExactly("Fold", "Loop", "Fold");
      assertThat(plan.steps().get(1).outputs())
          .containsExactly(plan.steps().get(1).inputs().get(0));
      assertThat(plan.scratchBytes()).isEqualTo(8 * (40 * 30 + 1));
      assertSame(inPlace, feeds);
      Value apart = TestOps.sum(TestOps.axes(false, 0, 1)).of(TestOps.add(first, other));
      plan = Planner.plan(builder.graph(Map.of("y", apart)), Map.of());
      assertThat(kinds(plan)).containsExactly("Loop", "Fold");
      assertThat(plan.scratchBytes()).isEqualTo(8 * (40 * 30 + 1));
      assertSame(apart, feeds);
    }
  }

  /** Inputs that move along all folded axes or none, axes of one element, and no dense input. */
  @Test
  void otherFoldsStoreNoElements() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(40, 30));
    Value row = builder.input("row", f64(30));
    Value column = builder.input("column", f64(40, 1));
    Value flat = builder.input("flat", f64(1, 30));
    Value one = builder.input("one", f64(1, 1));
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (Value input : List.of(x, row, column, flat, one)) {
      feeds.put(input.label(), tensor(feeds.size(), input.type()));
    }
    Reduction.Axes all = TestOps.axes(false, 0, 1);
    for (Value sum :
        List.of(
            TestOps.sum(TestOps.axes(false, 1)).of(TestOps.add(x, column)),
            TestOps.sum(TestOps.axes(false, 0)).of(TestOps.add(x, column)),
            TestOps.sum(all).of(TestOps.add(x, one)),
            TestOps.sum(all).of(TestOps.add(x, x)),
            TestOps.sum(all).of(TestOps.add(flat, row)),
            TestOps.sum(all).of(TestOps.add(row, column)))) {
      Plan plan = Planner.plan(builder.graph(Map.of("y", sum)), Map.of());
      assertThat(kinds(plan)).as(sum.toString()).containsExactly("Fold");
      assertThat(plan.scratchBytes()).isEqualTo(8L * sum.shape().elements());
      assertSame(sum, feeds);
    }
  }

  @Test
  void deadNodesAndBodiesOfUnusedInputsCostNothing() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(3));
    Value unused = TestOps.scale(TestOps.scale(x, 5), 7);
    Value first = TestOps.composite("first", v -> v.get(0), TestOps.scale(x, 2), unused);
    Plan plan = Planner.plan(builder.graph(Map.of("y", first)), Map.of());
    assertThat(plan.steps()).hasSize(1);
  }

  @Test
  void aCompositeThatReadsWhatItWasNotGivenIsRefused() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(3));
    Value hidden = builder.input("hidden", f64(3));
    Value between = TestOps.scale(hidden, 2);
    for (Value read : List.of(hidden, between)) {
      assertThatThrownBy(() -> TestOps.composite("sly", v -> TestOps.add(v.get(0), read), x))
          .isInstanceOf(GraphException.BadOp.class)
          .hasMessageContaining("reads hidden: f64[3], which is not among its inputs");
    }
    Value stranger = TestOps.builder().input("x", f64(3));
    assertThatThrownBy(() -> TestOps.composite("stray", v -> stranger, x))
        .isInstanceOf(GraphException.BadOp.class);
    Value fine = TestOps.composite("fine", v -> TestOps.add(v.get(0), v.get(0).constant(1)), x);
    assertThat(TestOps.composite("same", v -> v.get(0), fine).type()).isEqualTo(x.type());
  }

  @Test
  void reshapesAndTransposesMoveNothing() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(6, 4));
    Value flat = TestOps.window(TestOps.scale(x, 2), Shape.of(24), 0, 1);
    Value y = TestOps.add(TestOps.transpose(x), TestOps.window(flat, Shape.of(4, 6), 0, 1, 4));
    Plan plan = Planner.plan(builder.graph(Map.of("y", y)), Map.of());
    assertThat(plan.steps()).hasSize(2).allMatch(step -> step instanceof Step.Loop);
    assertSame(y, Map.of("x", tensor(1, x.type())));
  }

  @Test
  void aMapThatLeavesItsInputIsRefusedByName() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(4));
    for (Value bad :
        List.of(
            TestOps.window(x, Shape.of(3), 2, 1),
            TestOps.window(x, Shape.of(3), 1, -1),
            TestOps.window(x, Shape.of(2), 0, Integer.MAX_VALUE))) {
      assertThatThrownBy(() -> Planner.plan(builder.graph(Map.of("y", bad)), Map.of()))
          .isInstanceOf(GraphException.BadOp.class)
          .hasMessageContaining("'test:window'")
          .hasMessageContaining("of an input with 4")
          .hasMessageContaining("TestOps.java:");
    }
  }

  @Test
  void sizesAreMultipliedExactly() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", new TensorType(DType.F64, Shape.batch("N")));
    Value y = builder.input("y", new TensorType(DType.F64, Shape.batch("M")));
    Graph graph = builder.graph(Map.of("xy", TestOps.product("i,j->ij", x, y)));
    assertThatThrownBy(() -> Planner.plan(graph, Map.of("N", 65536, "M", 65536)))
        .isInstanceOf(GraphException.BadInput.class)
        .hasMessageContaining(
            "needs f64[65536, 65536]: The shape [65536, 65536] has more elements");
  }

  /** Random views of random views, read by every kind of consumer. */
  @Test
  void viewsOfViews() {
    for (int seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GraphBuilder builder = TestOps.builder();
      Value x = builder.input("x", f64(random.nextInt(1, 5), random.nextInt(1, 5), 6));
      Value y = x;
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        y = randomView(random, y);
      }
      Map<String, Tensor> feeds = Map.of("x", tensor(seed, x.type()));
      Value sum = TestOps.sum(TestOps.axes(false, 0)).of(y);
      try {
        assertSame(y, feeds);
        assertSame(TestOps.scale(y, 3), feeds);
        assertSame(sum, feeds);
        Tensor copied =
            Evaluate.value(
                TestOps.kernel(
                    "copy",
                    y.type(),
                    (in, out) -> {
                      for (int k = 0; k < out.length(); k++) {
                        out.set(k, in.getFirst().get(k));
                      }
                    },
                    y),
                feeds);
        assertBits("kernel", copied, Naive.value(y, feeds));
      } catch (Throwable e) {
        throw new AssertionError("viewsOfViews with seed " + seed, e);
      }
    }
  }

  /** A permutation, slice with steps, reversal, repetition or merging reshape. */
  private static Value randomView(SplittableRandom random, Value x) {
    int[] sizes = x.shape().sizes();
    int rank = sizes.length;
    int[] strides = IndexMap.rowMajor(sizes);
    int offset = 0;
    switch (random.nextInt(4)) {
      case 0 -> {
        int a = random.nextInt(rank);
        int b = random.nextInt(rank);
        int size = sizes[a];
        int stride = strides[a];
        sizes[a] = sizes[b];
        strides[a] = strides[b];
        sizes[b] = size;
        strides[b] = stride;
      }
      case 1 -> {
        int axis = random.nextInt(rank);
        int from = random.nextInt(sizes[axis]);
        int step = random.nextInt(1, 3);
        boolean back = random.nextBoolean();
        int count = back ? from / step + 1 : (sizes[axis] - 1 - from) / step + 1;
        offset = from * strides[axis];
        strides[axis] *= back ? -step : step;
        sizes[axis] = count;
      }
      case 2 -> {
        int axis = random.nextInt(rank);
        if (sizes[axis] == 1) {
          sizes[axis] = 3;
          strides[axis] = 0;
        }
      }
      default -> {
        int all = x.shape().elements();
        int divisor = random.nextInt(1, 5);
        sizes = all % divisor == 0 ? new int[] {divisor, all / divisor} : new int[] {all};
        strides = IndexMap.rowMajor(sizes);
      }
    }
    return TestOps.window(x, Shape.of(sizes), offset, strides);
  }

  /** Whatever is reused too early shows as a wrong number. */
  @Test
  void randomGraphs() {
    randomGraphs(Backend.reference());
  }

  /** Rows that are taken alone, the last first, must not meet what is left of others. */
  @Test
  void randomGraphsRowByRow() {
    List<Step.Rows> passes = new ArrayList<>();
    randomGraphs(new RowByRow(passes));
    assertThat(passes.stream().filter(pass -> pass.parts().size() == 2).count()).isGreaterThan(50);
    assertThat(passes.stream().filter(pass -> pass.parts().size() > 3).count()).isGreaterThan(10);
  }

  private static void randomGraphs(Backend backend) {
    Session.Options options = Session.Options.defaults().withBackend(backend);
    for (int seed = 0; seed < 400; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      GraphBuilder builder = TestOps.builder();
      int n = random.nextInt(1, 7);
      List<Value> values = new ArrayList<>();
      values.add(builder.input("x", f64(n, n)));
      values.add(builder.input("y", f64(n, n)));
      values.add(builder.parameter("w", f64(n, n)));
      for (int i = 0; i < 40; i++) {
        Value a = values.get(random.nextInt(values.size()));
        Value b = values.get(random.nextInt(values.size()));
        values.add(
            switch (random.nextInt(6)) {
              case 0 -> TestOps.add(a, b);
              case 1 -> TestOps.transpose(a);
              case 2 -> TestOps.product("ij,jk->ik", a, TestOps.scale(b, 0.125));
              case 3 -> {
                Integer[][] axes = {{0}, {1}, {1}, {0, 1}};
                yield TestOps.add(
                    a, TestOps.sum(TestOps.axes(true, axes[random.nextInt(4)])).of(b));
              }
              case 4 ->
                  TestOps.composite(
                      "c", v -> TestOps.add(v.get(0), TestOps.scale(v.get(1), -1)), a, b);
              default -> TestOps.scale(a, 0.5);
            });
      }
      Map<String, Value> outputs = new LinkedHashMap<>();
      for (int i = 0; i < 4; i++) {
        outputs.put("o" + i, values.get(random.nextInt(values.size())));
      }
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      Graph graph = builder.graph(outputs);
      graph.inputs().forEach(input -> inputs.put(input.label(), tensor(1, input.type())));
      Map<String, Tensor> all = new LinkedHashMap<>(inputs);
      graph.parameters().forEach(w -> all.put(w.label(), tensor(2, w.type())));
      try (Session session = Session.open(graph, options)) {
        graph.parameters().forEach(w -> session.set(w.label(), all.get(w.label())));
        for (int run = 0; run < 2; run++) {
          String what = "randomGraphs with seed %d, run %d".formatted(seed, run);
          session
              .run(inputs)
              .forEach((name, got) ->
                  assertBits(what + ", " + name, got, Naive.value(outputs.get(name), all)));
        }
      }
    }
  }
}
