package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertBits;
import static io.deltagraph.runtime.Samples.assertSame;
import static io.deltagraph.runtime.Samples.f64;
import static io.deltagraph.runtime.Samples.kinds;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.backend.Backend;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes of several outputs through plans, against the naive evaluation of each output alone. */
class SeveralOutputsTest {

  @ParameterizedTest
  @CsvSource({
    "'[0]', 0",
    "'[1]', 0",
    "'[17]', 0",
    "'[513]', 0",
    "'[4097]', 0",
    "'[28672]', 0",
    "'[3,5]', 0",
    "'[5,600]', 1",
    "'[600,5]', 0",
    "'[3,4,5]', 1",
    "'[2,4100]', 1",
    "'[4500,20]', 0",
    "'[0,3]', 0"
  })
  void eachResultOfAFoldIsWhatAFoldOfItsOwnGives(String shape, int axis) {
    for (DType dtype : List.of(DType.F64, DType.F32)) {
      TensorType type = new TensorType(dtype, Shape.parse(shape));
      GraphBuilder builder = TestOps.builder();
      Value x = builder.input("x", type);
      Map<String, Tensor> feeds = Map.of("x", tensor(7, type));
      for (boolean keepdims : new boolean[] {true, false}) {
        List<Apply> parts = TestOps.sums(keepdims, axis).of(x);
        List<Tensor> all = Evaluate.values(parts, feeds);
        for (int i = 0; i < parts.size(); i++) {
          assertBits(parts.get(i).toString(), all.get(i), Naive.value(parts.get(i), feeds));
          assertSame(parts.get(i), feeds);
        }
      }
    }
  }

  /** One fold, with what makes its elements, for all results; those unread have a buffer too. */
  @Test
  void aNodeIsOneStep() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(3, 40));
    List<Apply> sums = TestOps.sums(true, 0).of(TestOps.scale(x, 3));
    for (Map<String, Value> outputs :
        List.of(
            Map.<String, Value>of("a", sums.get(0), "b", sums.get(1), "c", sums.get(2)),
            Map.<String, Value>of("b", sums.get(1)))) {
      Plan plan = Planner.plan(builder.graph(outputs), Map.of());
      assertThat(kinds(plan)).containsExactly("Fold");
      assertThat(plan.steps().getFirst().nodes()).hasSize(2);
      assertThat(plan.steps().getFirst().outputs()).hasSize(3);
    }
    List<Apply> twin = new TestOps.Twin().of(x);
    Plan plan = Planner.plan(builder.graph(Map.of("b", twin.get(1))), Map.of());
    assertThat(kinds(plan)).containsExactly("Call");
    assertThat(plan.steps().getFirst().outputs()).hasSize(2);
    assertThat(plan.toString()).contains("call      #1 f64[3, 40], #2 f64[3, 40] = test:twin(#0");
  }

  /** The buffer of an output that nothing reads is free for the next step. */
  @Test
  void anOutputThatNothingReadsKeepsNoBuffer() {
    GraphBuilder builder = TestOps.builder();
    Value value = builder.input("x", f64(50));
    for (int i = 0; i < 10; i++) {
      value = new TestOps.Twin().of(value).get(i % 2);
    }
    Plan plan = Planner.plan(builder.graph(Map.of("y", value)), Map.of());
    assertThat(plan.steps()).hasSize(10);
    assertThat(plan.slots().stream().filter(slot -> slot.role() instanceof Slot.Scratch))
        .hasSize(3);
    assertSame(value, Map.of("x", tensor(3, f64(50))));
  }

  @Test
  void aKernelOfConstantsIsRunOnceForAllItsOutputs() {
    GraphBuilder builder = TestOps.builder();
    Value constant = builder.constant(Tensor.vector(1, 2, 3));
    List<Apply> twin = new TestOps.Twin().of(constant);
    Value sum = TestOps.add(twin.get(0), twin.get(1));
    Plan plan = Planner.plan(builder.graph(Map.of("a", twin.get(1), "s", sum)), Map.of());
    assertThat(kinds(plan)).containsExactly("Loop");
    assertThat(Evaluate.value(sum, Map.of()).toDoubles()).containsExactly(4, 7, 7);
  }

  /** A result that a pass over rows goes on with, and one that only the end reads. */
  @Test
  void rowsGoThroughFoldsOfSeveralResults() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(6, 9));
    List<Apply> sums = TestOps.sums(true, 1).of(TestOps.scale(x, 3));
    Value centred = TestOps.add(x, TestOps.scale(sums.get(1), -1));
    Graph graph = builder.graph(Map.of("y", centred, "place", sums.get(2)));
    assertThat(kinds(Planner.plan(graph, Map.of()))).containsExactly("pass of 3");
    Map<String, Tensor> feeds = Map.of("x", tensor(1, x.type()));
    List<Step.Rows> passes = new ArrayList<>();
    Session.Options options = Session.Options.defaults().withBackend(new RowByRow(passes));
    try (Session session = Session.open(graph, options)) {
      session
          .run(feeds)
          .forEach((name, got) -> assertBits(name, got, Naive.value(graph.output(name), feeds)));
    }
    assertThat(passes).hasSize(1);
  }

  @Test
  void theOutputThatIsNotFiniteIsNamed() {
    GraphBuilder builder = TestOps.builder();
    Value x = builder.input("x", f64(2));
    List<Apply> twin = new TestOps.Twin().of(x);
    twin.get(1).named("successor");
    Value sum = TestOps.add(twin.get(0).named("doubled"), twin.get(1));
    try (Session session = Session.open(builder.graph(Map.of("sum", sum)))) {
      assertThat(session.firstNonFinite(Map.of("x", Tensor.vector(1, 2)))).isEmpty();
      NonFinite found = session.firstNonFinite(Map.of("x", Tensor.vector(1, 1e308))).orElseThrow();
      assertThat(found.value()).isSameAs(twin.get(0));
    }
    List<Apply> sums = TestOps.sums(false, 0).of(builder.input("none", f64(0, 2)));
    sums.get(0).named("sum");
    Graph graph = builder.graph(Map.of("mean", sums.get(1).named("mean")));
    try (Session session = Session.open(graph)) {
      NonFinite found =
          session.firstNonFinite(Map.of("none", Tensor.zeros(f64(0, 2)))).orElseThrow();
      assertThat(found.value()).isSameAs(sums.get(1));
    }
  }

  /** Whatever is reused too early, or taken for another output, shows as a wrong number. */
  @Test
  void randomGraphs() {
    List<Step.Rows> passes = new ArrayList<>();
    for (Backend backend : List.of(Backend.reference(), new RowByRow(passes))) {
      for (int seed = 0; seed < 150; seed++) {
        randomGraph(seed, Session.Options.defaults().withBackend(backend));
      }
    }
    assertThat(passes).hasSizeGreaterThan(50);
  }

  private static void randomGraph(int seed, Session.Options options) {
    SplittableRandom random = new SplittableRandom(seed);
    GraphBuilder builder = TestOps.builder();
    int n = random.nextInt(1, 7);
    List<Value> values = new ArrayList<>();
    values.add(builder.input("x", f64(n, n)));
    GraphParameter w = builder.parameter("w", f64(n, n));
    values.add(w);
    for (int i = 0; i < 25; i++) {
      Value a = values.get(random.nextInt(values.size()));
      Value b = values.get(random.nextInt(values.size()));
      switch (random.nextInt(6)) {
        case 0 -> values.addAll(new TestOps.Twin().of(a));
        case 1 -> values.addAll(new TestOps.Bodies().of(a, b));
        case 2, 3 -> {
          List<Apply> sums = TestOps.sums(true, random.nextInt(2)).of(b);
          values.add(TestOps.add(a, sums.get(random.nextInt(2))));
        }
        case 4 -> values.add(TestOps.product("ij,jk->ik", a, TestOps.scale(b, 0.125)));
        default -> values.add(TestOps.add(TestOps.scale(a, 0.5), b));
      }
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      outputs.put("o" + i, values.get(random.nextInt(values.size())));
    }
    Graph graph = builder.graph(outputs, Map.of(w, values.getLast()));
    Map<String, Tensor> feeds = Map.of("x", tensor(1, f64(n, n)), "w", tensor(2, f64(n, n)));
    try (Session session = Session.open(graph, options)) {
      session.set("w", tensor(2, f64(n, n)));
      Map<String, Tensor> inputs = new LinkedHashMap<>();
      graph.inputs().forEach(input -> inputs.put(input.label(), tensor(1, input.type())));
      session
          .run(inputs)
          .forEach((name, got) ->
              assertBits("seed " + seed + ", " + name, got, Naive.value(outputs.get(name), feeds)));
      assertBits("seed " + seed, session.get("w"), Naive.value(values.getLast(), feeds));
    }
  }
}
