package io.deltagraph.runtime;

import static io.deltagraph.runtime.Samples.assertBits;
import static io.deltagraph.runtime.Samples.f64;
import static io.deltagraph.runtime.Samples.kinds;
import static io.deltagraph.runtime.Samples.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Plan;
import io.deltagraph.plan.Planner;
import io.deltagraph.plan.Step;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which loops and folds are one pass over rows. */
class RowsTest {
  private final GraphBuilder builder = TestOps.builder();
  private final Value x = builder.input("x", f64(5, 5));
  private final Value targets = builder.input("t", f64(5, 5));
  private final Value powers = times(x, x);
  private final Value sums = rowSums(powers);

  private static Value times(Value a, Value b) {
    return TestOps.loop("times", lanes -> lanes.get(0).times(lanes.get(1)), a, b);
  }

  private static Value rowSums(Value value) {
    return TestOps.sum(TestOps.axes(true, 1)).of(value);
  }

  private static Value total(Value value) {
    return TestOps.sum(TestOps.axes(false, 0, 1)).of(value);
  }

  /** The plan, whose results are right row by row. */
  private Plan plan(Value... outputs) {
    Map<String, Value> named = new LinkedHashMap<>();
    for (Value output : outputs) {
      named.put("y" + named.size(), output);
    }
    Graph graph = builder.graph(named);
    Map<String, Tensor> feeds = Map.of("x", tensor(1, x.type()), "t", tensor(2, targets.type()));
    Session.Options options =
        Session.Options.defaults().withBackend(new RowByRow(new ArrayList<>()));
    try (Session session = Session.open(graph, options)) {
      Map<String, Tensor> used = new LinkedHashMap<>();
      graph.inputs().forEach(input -> used.put(input.label(), feeds.get(input.label())));
      session
          .run(used)
          .forEach((name, got) -> assertBits(name, got, Naive.value(named.get(name), feeds)));
    }
    return Planner.plan(graph, Map.of());
  }

  /**
   * In the form of softmax with cross entropy. The loss, which needs all rows, comes between the
   * sums and the gradient in the graph; the targets' sums read nothing that another part does.
   */
  @Test
  void normalisedRowsTheirLossAndItsGradientAreOnePass() {
    Value loss = total(times(targets, TestOps.scale(sums, 3)));
    Value gradient = TestOps.add(times(times(powers, rowSums(targets)), sums), targets);
    Plan plan = plan(loss, gradient);
    assertThat(kinds(plan)).containsExactly("pass of 7", "Fold");
    assertThat(plan.toString())
        .contains("  row by row\n    loop      #2 f64[5, 5] = test:times(#0 f64[5, 5])");
  }

  @Test
  void whatReadsOtherRowsIsNoPartOfIt() {
    for (Value other :
        List.of(
            TestOps.transpose(powers),
            TestOps.window(powers, Shape.of(5, 5), 20, -5, 1),
            TestOps.window(powers, Shape.of(5, 5), 5, 0, 1),
            TestOps.window(powers, Shape.of(5, 5), 0, 1, 0))) {
      assertThat(kinds(plan(times(TestOps.add(other, targets), sums))))
          .as(other.toString())
          .containsExactly("pass of 2", "Loop");
    }
  }

  @Test
  void whatReadsPlacesOfItsOwnRowIsAPart() {
    for (Value part :
        List.of(
            TestOps.window(powers, Shape.of(5, 5), 4, 5, -1),
            TestOps.window(powers, Shape.of(5, 2), 3, 5, 1),
            TestOps.window(powers, Shape.of(5, 5), 2, 5, 0))) {
      assertThat(kinds(plan(times(TestOps.scale(part, 3), sums))))
          .as(part.toString())
          .containsExactly("pass of 3");
    }
  }

  @Test
  void whatNeedsAllRowsInBetweenComesLater() {
    Value columns = TestOps.sum(TestOps.axes(true, 0)).of(powers);
    assertThat(kinds(plan(times(TestOps.add(powers, columns), sums))))
        .containsExactly("pass of 2", "Fold", "Loop");
    Value product = TestOps.product("ij,jk->ik", powers, targets);
    assertThat(kinds(plan(times(TestOps.loop("negate", l -> l.get(0).negate(), product), sums))))
        .containsExactly("pass of 2", "Product");
  }

  @Test
  void whatSharesNoRowsIsNotJoined() {
    Value withoutAxis = TestOps.sum(TestOps.axes(false, 1)).of(times(x, targets));
    assertThat(kinds(plan(rowSums(x), withoutAxis))).containsExactly("pass of 2");
    assertThat(kinds(plan(rowSums(x), rowSums(targets)))).containsExactly("Fold", "Fold");
    Value first = TestOps.window(x, Shape.of(5, 5), 0, 0, 1);
    assertThat(kinds(plan(rowSums(first), rowSums(times(first, targets)))))
        .containsExactly("Fold", "Fold");
    Value four = TestOps.window(x, Shape.of(4, 5), 0, 5, 1);
    assertThat(kinds(plan(rowSums(x), rowSums(four)))).containsExactly("Fold", "Fold");
    assertThat(kinds(plan(total(x), TestOps.sum(TestOps.axes(true, 0)).of(x))))
        .containsExactly("Fold", "Fold");
  }

  /** Each value has a buffer of its own: rows begin with the first again. */
  @Test
  void nothingIsFreedBeforeTheLastRow() {
    Value gradient = times(TestOps.add(powers, targets), sums);
    Plan plan = plan(rowSums(times(gradient, targets)));
    assertThat(kinds(plan)).containsExactly("pass of 3");
    Step.Rows rows = (Step.Rows) plan.steps().getFirst();
    assertThat(rows.rows()).isEqualTo(5);
    assertThat(rows.parts())
        .extracting(part -> part.outputs().getFirst().slot())
        .doesNotHaveDuplicates();
  }
}
