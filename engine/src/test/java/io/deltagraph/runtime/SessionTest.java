package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertBits;
import static io.deltagraph.runtime.Samples.f64;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.backend.Backend;
import io.deltagraph.backend.Task;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final GraphBuilder builder = TestOps.builder();

  private static TensorType rows(int columns) {
    return new TensorType(DType.F64, Shape.batch("N", columns));
  }

  @Test
  void updatesAreMadeFromTheValuesBeforeTheRun() {
    GraphParameter a = builder.parameter("a", f64(2));
    GraphParameter b = builder.parameter("b", f64(2));
    GraphParameter c = builder.parameter("c", f64(2, 3));
    GraphParameter d = builder.parameter("d", f64(3, 2));
    Graph graph =
        builder.graph(
            Map.of("before", a),
            Map.of(a, b, b, a, c, TestOps.transpose(d), d, TestOps.transpose(c)));
    try (Session session = Session.open(graph)) {
      Tensor first = tensor(3, c.type());
      Tensor second = tensor(4, d.type());
      session.set("a", Tensor.vector(1, 2)).set("b", Tensor.vector(3, 4));
      session.setAll(Map.of("c", first, "d", second));
      assertThat(session.run(Map.of()).get("before").toDoubles()).containsExactly(1, 2);
      assertThat(session.get("a").toDoubles()).containsExactly(3, 4);
      assertThat(session.get("b").toDoubles()).containsExactly(1, 2);
      Map<String, Tensor> before = Map.of("c", first, "d", second);
      assertBits("c", session.get("c"), Naive.value(TestOps.transpose(d), before));
      assertBits("d", session.get("d"), Naive.value(TestOps.transpose(c), before));
      assertThat(session.run(Map.of()).get("before").toDoubles()).containsExactly(3, 4);
      assertBits("c", session.get("c"), first);
    }
  }

  @Test
  void aValueThatReadsAParameterIsNotDisturbedByItsUpdate() {
    GraphParameter w = builder.parameter("w", f64(3));
    Value next = TestOps.scale(w, 2);
    Value late = TestOps.add(next, w);
    try (Session session = Session.open(builder.graph(Map.of("late", late), Map.of(w, next)))) {
      session.set("w", Tensor.vector(1, 2, 3));
      assertThat(session.run(Map.of()).get("late").toDoubles()).containsExactly(3, 6, 9);
      assertThat(session.run(Map.of()).get("late").toDoubles()).containsExactly(6, 12, 18);
      assertThat(session.get("w").toDoubles()).containsExactly(4, 8, 12);
    }
  }

  /** The weights lie transposed here, which nobody sees. */
  @Test
  void oneElementOfAParameterIsSet() {
    Value x = builder.input("x", f64(1, 3));
    builder.parameter("w", f64(2, 3));
    Value y = TestOps.product("ik,jk->ij", x, builder.named("w").orElseThrow());
    try (Session session = Session.open(builder.graph(Map.of("y", y)))) {
      session.set("w", Tensor.of(f64(2, 3), 1, 2, 3, 4, 5, 6));
      BoundSession bound = session.bind(Map.of("x", Tensor.of(f64(1, 3), 1, 10, 100)));
      session.setElement("w", 5, 7);
      bound.run();
      assertThat(bound.output("y").toDoubles()).containsExactly(321, 754);
      assertThat(session.get("w").toDoubles()).containsExactly(1, 2, 3, 4, 5, 7);
      assertThatThrownBy(() -> session.setElement("v", 0, 1))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessageContaining("'v'");
    }
  }

  @Test
  void oneGraphRunsOnAnyNumberOfRowsAndKeepsFewPlans() {
    Value x = builder.input("x", rows(3));
    GraphParameter w = builder.parameter("w", f64(3));
    Value y = TestOps.add(x, w);
    Graph graph = builder.graph(Map.of("y", y), Map.of(w, TestOps.scale(w, 1)));
    try (Session session = Session.open(graph, new Session.Options(1, 2, Optional.empty(), true))) {
      session.set("w", Tensor.vector(1, 2, 3));
      for (int n : new int[] {1, 5, 2, 0, 5, 1, 5}) {
        Map<String, Tensor> feeds = Map.of("x", tensor(n, f64(n, 3)));
        assertThat(session.run(feeds).get("y").type()).isEqualTo(f64(n, 3));
        assertThat(session.plan(feeds)).isSameAs(session.plan(feeds));
        assertThat(session.plan(feeds).sizes()).containsExactly(Map.entry("N", n));
        assertThat(session.cachedPlans()).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void outputsAreNotTouchedByLaterRuns() {
    Value x = builder.input("x", f64(2));
    try (Session session = Session.open(builder.graph(Map.of("y", TestOps.scale(x, 2), "x", x)))) {
      Map<String, Tensor> first = session.run(Map.of("x", Tensor.vector(1, 2)));
      session.run(Map.of("x", Tensor.vector(5, 6)));
      assertThat(first.get("y").toDoubles()).containsExactly(2, 4);
      assertThat(first.get("x").toDoubles()).containsExactly(1, 2);
    }
  }

  @Test
  void refusalsSayWhatIsWrong() {
    Value x = builder.input("features", rows(3));
    Value t = builder.input("targets", rows(3));
    GraphParameter w = builder.parameter("weights", f64(3));
    Graph graph = builder.graph(Map.of("y", TestOps.add(TestOps.add(x, t), w)));
    try (Session session = Session.open(graph)) {
      Tensor good = tensor(1, f64(4, 3));
      refused(
          () -> session.run(Map.of("features", good, "targets", good)),
          "Parameters without a value: weights: f64[3]. Give them one with Session.set or setAll before the run.");
      refused(
          () -> session.get("weights"),
          "The parameter weights: f64[3] has no value yet; set it first.");
      refused(
          () -> session.set("weight", Tensor.vector(1, 2, 3)),
          "No parameter named 'weight'. Did you mean 'weights'?\n  There are: weights: f64[3].");
      refused(
          () -> session.set("weights", Tensor.vector(1, 2)),
          "The parameter weights: f64[3] was given f64[2]: shape and dtype must be those declared.");
      session.set("weights", Tensor.vector(1, 2, 3));
      refused(
          () -> session.run(Map.of("features", good)),
          "The input targets: f64[N, 3] has no value; given are features, needed are"
              + " features: f64[N, 3], targets: f64[N, 3].");
      refused(
          () -> session.run(Map.of("features", good, "targets", good, "feature", good)),
          "No input named 'feature'. Did you mean 'features'?\n  There are: features: f64[N, 3],"
              + " targets: f64[N, 3].");
      refused(
          () -> session.run(Map.of("features", good.cast(DType.F32), "targets", good)),
          "The input features: f64[N, 3] was given f32[4, 3]: the element types differ;"
              + " Tensor.cast(DType.F64) converts.");
      refused(
          () -> session.run(Map.of("features", Tensor.vector(1), "targets", good)),
          "The input features: f64[N, 3] was given f64[1]: it has 1 dimensions instead of 2.");
      refused(
          () -> session.run(Map.of("features", tensor(1, f64(4, 2)), "targets", good)),
          "The input features: f64[N, 3] was given f64[4, 2]: axis 1 has 2 instead of 3.");
      refused(
          () -> session.run(Map.of("features", good, "targets", tensor(1, f64(5, 3)))),
          "The input targets: f64[N, 3] was given f64[5, 3]: N is 5 here, and 4 in 'features'.");
      // The quick path for types seen before must not let an unknown name through.
      session.run(Map.of("features", good, "targets", good));
      refused(
          () -> session.run(Map.of("features", good, "targets", good, "feature", good)),
          "No input named 'feature'. Did you mean 'features'?\n  There are: features: f64[N, 3],"
              + " targets: f64[N, 3].");
    }
  }

  /**
   * As {@link Evaluate} does it: a map of all that a model has can be given to each of its parts.
   */
  @Test
  void whatWasDeclaredButIsNotNeededMayBeGiven() {
    Value x = builder.input("x", rows(3));
    builder.input("t", rows(3));
    builder.parameter("v", f64(3));
    Value w = builder.parameter("w", f64(3));
    Graph graph = builder.graph(Map.of("y", TestOps.add(x, w)));
    Tensor given = tensor(1, f64(4, 3));
    try (Session session = Session.open(graph)) {
      session.setAll(Map.of("w", Tensor.vector(1, 2, 3), "v", Tensor.vector(4, 5, 6)));
      Map<String, Tensor> alone = session.run(Map.of("x", given));
      for (int run = 0; run < 2; run++) {
        assertThat(session.run(Map.of("x", given, "t", given)).get("y").bitEquals(alone.get("y")))
            .isTrue();
      }
      BoundSession bound = session.bind(Map.of("t", given, "x", given));
      bound.set("t", given);
      bound.run();
      assertThat(bound.output("y").bitEquals(alone.get("y"))).isTrue();
      assertThatThrownBy(() -> session.run(Map.of("x", given, "w", given)))
          .hasMessageStartingWith("No input named 'w'.");
      assertThatThrownBy(() -> session.set("t", given))
          .hasMessageStartingWith("No parameter named");
    }
  }

  @Test
  void aRowIsSetAloneAndTheOthersStay() {
    Value x = builder.input("x", f64(3, 2));
    try (Session session = Session.open(builder.graph(Map.of("y", TestOps.scale(x, 2))))) {
      BoundSession bound =
          session.bind(Map.of("x", Tensor.matrix(new double[][] {{1, 2}, {3, 4}, {5, 6}})));
      bound.setRow("x", 1, new double[] {7, 8});
      bound.run();
      assertThat(bound.output("y").toRows())
          .isDeepEqualTo(new double[][] {{2, 4}, {14, 16}, {10, 12}});
      for (int row : List.of(-1, 3)) {
        refused(
            () -> bound.setRow("x", row, new double[2]),
            "The input x is bound as f64[3, 2], got row %d of 2 numbers.".formatted(row));
      }
      refused(
          () -> bound.setRow("x", 0, new double[3]),
          "The input x is bound as f64[3, 2], got row 0 of 3 numbers.");
      assertThatThrownBy(() -> bound.setRow("w", 0, new double[2]))
          .hasMessageStartingWith("No input named 'w'.");
    }
  }

  private static void refused(Runnable run, String message) {
    assertThatThrownBy(run::run).isInstanceOf(GraphException.BadInput.class).hasMessage(message);
  }

  @Test
  void aKernelThatThrowsIsNamedAndLeavesParametersAlone() {
    GraphParameter w = builder.parameter("w", f64(2));
    Value bad = TestOps.kernel("bad", f64(2), (in, out) -> out.set(2, in.getFirst().get(0)), w);
    Graph graph = builder.graph(Map.of("y", bad), Map.of(w, TestOps.scale(w, 2)));
    try (Session session = Session.open(graph)) {
      session.set("w", Tensor.vector(1, 2));
      assertThatThrownBy(() -> session.run(Map.of()))
          .isInstanceOf(GraphException.BadOp.class)
          .hasMessageStartingWith(
              "The op 'test:bad' breaks its contract: forward"
                  + " throws java.lang.IndexOutOfBoundsException")
          .hasMessageContaining("built   TestOps.java:");
      assertThat(session.get("w").toDoubles()).containsExactly(1, 2);
    }
  }

  @Test
  void aKernelCannotWriteToItsInputs() {
    Value x = builder.input("x", f64(2));
    Value y =
        TestOps.kernel(
            "sly",
            f64(1),
            (in, out) ->
                out.set(
                    0,
                    in.getFirst() instanceof TensorWriter || in.getFirst() instanceof Tensor
                        ? 1
                        : 0),
            x);
    assertThat(Evaluate.value(y, Map.of("x", Tensor.vector(1, 2))).item()).isEqualTo(0);
  }

  @Test
  void aClosedSessionSaysSo() {
    Session session = Session.open(builder.graph(Map.of("x", builder.input("x", f64(1)))));
    session.close();
    session.close();
    assertThatThrownBy(() -> session.run(Map.of("x", Tensor.vector(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The session is closed.");
    assertThatThrownBy(() -> new Session.Options(0, 1, Optional.empty(), true))
        .hasMessageContaining("got 0 and 1");
  }

  /** Counts the steps that it is given and leaves the work to another. */
  private record Counting(Backend inner, AtomicInteger steps) implements Backend {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Optional<List<Task>> tasks(Step step, Memory memory) {
      steps.incrementAndGet();
      return inner.tasks(step, memory);
    }
  }

  @Test
  void theChosenBackendDoesTheWork() {
    assertThat(Backend.all(builder.ops())).extracting(Backend::name).contains("plain loops");
    Value x = builder.input("x", f64(2));
    Graph graph = builder.graph(Map.of("y", TestOps.add(x, TestOps.scale(x, 3))));
    Counting counting = new Counting(Backend.fastest(builder.ops()), new AtomicInteger());
    try (Session session =
        Session.open(graph, Session.Options.defaults().withThreads(2).withBackend(counting))) {
      assertThat(session.run(Map.of("x", Tensor.vector(1, 2))).get("y").toDoubles())
          .containsExactly(4, 8);
      assertThat(counting.steps())
          .hasValue(session.plan(Map.of("x", Tensor.vector(1, 2))).steps().size());
    }
  }

  @Test
  void evaluatesFromWhateverIsKnown() {
    Value x = builder.input("x", f64(2));
    Value other = builder.input("other", f64(2));
    GraphParameter w = builder.parameter("w", f64(2));
    Value y = TestOps.add(x, w);
    Map<String, Tensor> feeds =
        Map.of("x", Tensor.vector(1, 2), "w", Tensor.vector(3, 4), "other", Tensor.vector(0, 0));
    assertThat(Evaluate.values(List.of(y, x), feeds))
        .extracting(tensor -> tensor.get(1))
        .containsExactly(6.0, 2.0);
    assertThat(Evaluate.values(List.of(), feeds)).isEmpty();
    assertThat(other.label()).isEqualTo("other");
    assertThatThrownBy(() -> Evaluate.value(y, Map.of("z", Tensor.scalar(1))))
        .isInstanceOf(GraphException.BadInput.class)
        .hasMessageStartingWith("No input or parameter named 'z'.");
  }
}
