package io.deltagraph.ops.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Gradients whose named dimensions are those of inputs that their numbers do not depend on. */
class NamedSizesTest {
  private static final TensorType ROWS = TensorType.of(DType.F64, 4, 2);

  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Input w = builder.input("w", TensorType.of(DType.F64, 3));
  private final Input x = builder.input("x", new TensorType(DType.F64, Shape.batch("N", 2)));
  private final Input y = builder.input("y", new TensorType(DType.F64, Shape.batch("M", 2)));
  private final Input again = builder.input("again", x.type());

  private Tensor value(Value of) {
    return Evaluate.value(
        of,
        Map.of(
            "w", Tensor.vector(1, 2, 3),
            "x", Tensor.filled(ROWS, 7),
            "y", Tensor.filled(TensorType.of(DType.F64, 5, 2), 8)));
  }

  @Test
  void theGradientOfAnInputThatTheLossDoesNotReachIsZerosOfItsShape() {
    Gradient gradient = Gradient.of(w.square().sum(), List.of(w, x, y));
    assertThat(value(gradient.wrt(x)).bitEquals(Tensor.zeros(ROWS))).isTrue();
    assertThat(value(gradient.wrt(y)).type()).isEqualTo(TensorType.of(DType.F64, 5, 2));
    assertThat(value(gradient.wrt(w)).toDoubles()).containsExactly(2, 4, 6);
  }

  @Test
  void soIsThatOfAValueOnTheWayToNothing() {
    Value aside = x.square();
    Gradient gradient = Gradient.of(w.sum(), List.of(aside));
    assertThat(value(gradient.wrt(aside)).bitEquals(Tensor.zeros(ROWS))).isTrue();
  }

  @Test
  void aGradientThatIsTheSameForAllNumbersHasTheSizeOfItsInput() {
    Gradient gradient = Gradient.of(x.sum(), List.of(x));
    assertThat(value(gradient.wrt(x)).bitEquals(Tensor.filled(ROWS, 1))).isTrue();
    Value second = Derivatives.hvp(x.sum(), x, x);
    assertThat(value(second).bitEquals(Tensor.zeros(ROWS))).isTrue();
  }

  @Test
  void theFirstInputWithTheDimensionGivesTheSize() {
    Value zeros = Gradient.of(w.sum(), List.of(again)).wrt(again);
    Graph graph = builder.graph(Map.of("zeros", zeros));
    assertThat(graph.inputs()).containsExactly(x);
    try (Session session = Session.open(graph)) {
      assertThat(session.run(Map.of("x", Tensor.filled(ROWS, 1))).get("zeros"))
          .satisfies(actual -> assertThat(actual.type()).isEqualTo(ROWS));
      assertThatThrownBy(() -> session.run(Map.of()))
          .isInstanceOf(GraphException.BadInput.class)
          .hasMessageContaining("x");
    }
  }

  @Test
  void noInputIsAddedWhereTheSizesAreKnown() {
    Value gradient = Gradient.of(again.square().sum(), List.of(again)).wrt(again);
    assertThat(builder.graph(Map.of("gradient", gradient)).inputs()).containsExactly(again);
    assertThat(builder.graph(Map.of("w", w.sum())).inputs()).containsExactly(w);
  }
}
