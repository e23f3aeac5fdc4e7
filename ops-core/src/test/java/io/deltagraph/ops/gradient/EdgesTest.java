package io.deltagraph.ops.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Dim;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Empty sizes, named dimensions of size 0 and 1, and graphs of odd forms. */
class EdgesTest {
  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());

  private Value input(String name, int... sizes) {
    return builder.input(name, TensorType.of(DType.F64, sizes));
  }

  @Test
  void aProductOverNothingIsZero() {
    Value a = input("a", 2, 0);
    Value b = input("b", 0, 3);
    Tensor product =
        Evaluate.value(
            a.matmul(b), Map.of("a", Tensor.zeros(a.type()), "b", Tensor.zeros(b.type())));
    assertThat(product.type()).hasToString("f64[2, 3]");
    assertThat(product.toDoubles()).containsOnly(0).hasSize(6);
  }

  @Test
  void reductionsOfNothingGiveTheirIdentity() {
    Value a = input("a", 2, 0);
    Map<String, Tensor> feeds = Map.of("a", Tensor.zeros(a.type()));
    assertThat(Evaluate.value(a.sum(List.of(1), true), feeds).toDoubles()).containsExactly(0, 0);
    assertThat(Evaluate.value(a.max(List.of(1), true), feeds).toDoubles())
        .containsExactly(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(Evaluate.value(a.sum(List.of(0), true), feeds).type()).hasToString("f64[1, 0]");
    assertThat(Evaluate.value(Gradient.of(a.sum(), List.of(a)).wrt(a), feeds).length()).isZero();
  }

  @Test
  void aNamedDimensionMayBeBoundToAnySize() {
    Value x = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 3)));
    Value y = builder.input("Y", new TensorType(DType.F64, Shape.batch("N", 3)));
    Value w = input("w", 3);
    Value loss = x.times(w).plus(y).times(x).sum();
    Graph graph =
        builder.graph(
            Map.of(
                "loss", loss,
                "dx", Gradient.of(loss, List.of(x)).wrt(x),
                "dw", Gradient.of(loss, List.of(w)).wrt(w)));
    try (Session session = Session.open(graph, new Session.Options(1, 2, Optional.empty(), true))) {
      for (int rows : new int[] {5, 1, 0, 1, 5}) {
        Tensor xs = Tensor.generate(TensorType.of(DType.F64, rows, 3), i -> i + 1);
        Tensor ys = Tensor.generate(xs.type(), i -> 2 * i - 1);
        Tensor ws = Tensor.vector(2, 3, 5);
        Map<String, Tensor> result = session.run(Map.of("X", xs, "Y", ys, "w", ws));
        double expected = 0;
        double[] dw = new double[3];
        double[] dx = new double[rows * 3];
        for (int i = 0; i < rows * 3; i++) {
          expected += (xs.get(i) * ws.get(i % 3) + ys.get(i)) * xs.get(i);
          dw[i % 3] += xs.get(i) * xs.get(i);
          dx[i] = 2 * xs.get(i) * ws.get(i % 3) + ys.get(i);
        }
        assertThat(result.get("loss").item()).isEqualTo(expected);
        assertThat(result.get("dw").toDoubles()).containsExactly(dw);
        assertThat(result.get("dx").toDoubles()).containsExactly(dx);
      }
      Tensor one = Tensor.zeros(TensorType.of(DType.F64, 1, 3));
      Tensor four = Tensor.zeros(TensorType.of(DType.F64, 4, 3));
      assertThatThrownBy(
              () -> session.run(Map.of("X", one, "Y", four, "w", Tensor.vector(1, 1, 1))))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessageContaining("N is 4 here, and 1 in 'X'");
    }
  }

  @Test
  void differentNamesDoNotBroadcast() {
    Value x = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 3)));
    Value y = builder.input("Y", new TensorType(DType.F64, Shape.batch("M", 3)));
    assertThatThrownBy(() -> x.plus(y)).isInstanceOf(GraphException.BadTypes.class);
  }

  @Test
  void aNameThatNoInputBindsIsRefusedByThePlan() {
    Value w = input("w", 3);
    Value wide = w.broadcastTo(Shape.of(Dim.named("N"), Dim.of(3)));
    assertThatThrownBy(() -> Evaluate.value(wide, Map.of("w", Tensor.vector(1, 2, 3))))
        .isInstanceOf(GraphException.BadInput.class)
        .hasMessageContaining("a dimension to which no input gives a size (known: none)")
        .hasMessageContaining("declare an input that has it");
  }

  @Test
  void outputsMayBeInputsParametersConstantsAndTheSameValueTwice() {
    Value x = input("x", 2);
    GraphParameter p = builder.parameter("p", TensorType.of(DType.F64, 2));
    Value c = builder.constant(Tensor.vector(7, 8));
    Graph graph = builder.graph(Map.of("x", x, "p", p, "c", c, "again", x), Map.of(p, c));
    try (Session session = Session.open(graph)) {
      session.set("p", Tensor.vector(5, 6));
      Map<String, Tensor> first = session.run(Map.of("x", Tensor.vector(1, 2)));
      assertThat(first.get("x").toDoubles()).containsExactly(1, 2);
      assertThat(first.get("again").toDoubles()).containsExactly(1, 2);
      assertThat(first.get("p").toDoubles()).containsExactly(5, 6);
      assertThat(first.get("c").toDoubles()).containsExactly(7, 8);
      assertThat(session.get("p").toDoubles()).containsExactly(7, 8);
    }
  }

  @Test
  void updatesReadTheValuesBeforeTheRun() {
    Value x = input("x", 2);
    TensorType type = TensorType.of(DType.F64, 2);
    GraphParameter a = builder.parameter("a", type);
    GraphParameter b = builder.parameter("b", type);
    GraphParameter c = builder.parameter("c", type);
    Graph graph = builder.graph(Map.of(), Map.of(a, b, b, a.plus(b), c, x));
    try (Session session = Session.open(graph)) {
      session.set("a", Tensor.vector(1, 2)).set("b", Tensor.vector(10, 20));
      session.set("c", Tensor.vector(0, 0));
      assertThat(session.run(Map.of("x", Tensor.vector(3, 4)))).isEmpty();
      assertThat(session.get("a").toDoubles()).containsExactly(10, 20);
      assertThat(session.get("b").toDoubles()).containsExactly(11, 22);
      assertThat(session.get("c").toDoubles()).containsExactly(3, 4);
    }
  }

  @Test
  void anInputMayBeFedByItsSecondName() {
    Value x = input("x", 2).named("alias");
    assertThat(Evaluate.value(x.plus(1), Map.of("alias", Tensor.vector(1, 2))).toDoubles())
        .containsExactly(2, 3);
  }
}
