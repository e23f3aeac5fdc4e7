package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
  private final GraphBuilder builder = new GraphBuilder(TestOps.registry());
  private final Input x = builder.input("x", TensorType.of(DType.F64, 4, 3));
  private final GraphParameter b = builder.parameter("b", TensorType.of(DType.F64, 1, 2));

  @Test
  void keepsOneNodeForEqualExpressions() {
    assertThat(x.plus(x)).isSameAs(x.plus(x));
    assertThat(x.op("scale", Map.of("k", 3.0)))
        .isSameAs(x.op("scale", new TestOps.Scale.Factor(3)));
    assertThat(x.op("scale"))
        .isSameAs(x.op("scale", Map.of("k", 2)))
        .isNotSameAs(x.op("scale", Map.of("k", 3)));
    assertThat(x.constant(1)).isSameAs(x.constant(1)).isNotSameAs(x.constant(-1));
    assertThat(x.constant(0.0)).isNotSameAs(x.constant(-0.0));
  }

  @Test
  void staysLinearWhereATreeWouldExplode() {
    Value n = x;
    for (int i = 0; i < 20_000; i++) {
      n = n.times(n);
    }
    assertThat(builder.graph(Map.of("n", n)).nodes()).hasSize(20_001);
  }

  @Test
  void numbersInputsBelowWhatIsMadeOfThem() {
    Graph graph = builder.graph(Map.of("y", x.plus(x).op("twice").plus(x)));
    for (Value node : graph.nodes()) {
      if (node instanceof Apply apply) {
        assertThat(apply.inputs()).allMatch(input -> input.id() < apply.id());
        apply.body().ifPresent(body -> assertThat(body.id()).isLessThan(apply.id()));
      }
    }
    assertThat(graph.nodes()).isSortedAccordingTo((p, q) -> Integer.compare(p.id(), q.id()));
  }

  @Test
  void broadcastsPointwiseInputs() {
    Value row = builder.parameter("row", TensorType.of(DType.F64, 3));
    assertThat(x.plus(row).type()).isEqualTo(TensorType.of(DType.F64, 4, 3));
    Value batch = builder.input("X", new TensorType(DType.F64, Shape.batch("N", 3)));
    assertThat(batch.plus(row).type()).hasToString("f64[N, 3]");
  }

  @Test
  void aShapeErrorSaysWhatGotWhereAndWho() {
    assertThatThrownBy(() -> x.op("pair", b))
        .isInstanceOf(GraphException.BadTypes.class)
        .message()
        .matches(
            """
            pair cannot take f64\\[4, 3] and f64\\[1, 2]: the axes named 'j' are 3 and 1\\.
              left    x  f64\\[4, 3]  input
              right   b  f64\\[1, 2]  parameter
              built   GraphBuilderTest.java:\\d+
              op      pair  engine.*\\(io.deltagraph.building.TestOps\\$Pair\\)\
            """);
  }

  @Test
  void refusesWrongArityDtypeAndAttributes() {
    assertThatThrownBy(() -> x.op("add")).hasMessageContaining("it takes (x, y), got 1 input");
    Value f32 = builder.input("z", TensorType.of(DType.F32, 4, 3));
    assertThatThrownBy(() -> x.plus(f32))
        .hasMessageContaining("its inputs have one dtype, got f64 and f32; cast one");
    Value mask = builder.input("m", TensorType.of(DType.BOOL, 4, 3));
    assertThatThrownBy(() -> mask.op("scale"))
        .hasMessageContaining("'x' takes f64 or f32, got bool");
    assertThatThrownBy(() -> x.op("scale", Map.of("factor", 2)))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("scale: There is no attribute 'factor'; the op takes k (NUMBER).")
        .hasMessageContaining("built   GraphBuilderTest.java");
    assertThatThrownBy(() -> x.op("scale", Map.of("k", "two")))
        .hasMessageContaining("The attribute 'k' is of kind NUMBER, got 'two'.");
    assertThatThrownBy(() -> x.op("scale", new NoAttributes()))
        .hasMessageContaining(
            "The record NoAttributes does not hold its attributes; the op takes k (NUMBER).");
  }

  @Test
  void refusesTwoMeaningsOfOneName() {
    assertThatThrownBy(() -> builder.input("x", TensorType.scalar(DType.F64)))
        .hasMessage("The name 'x' is taken by x: f64[4, 3]; give f64[] another one.");
    assertThat(x.plus(x).named("sum").named("sum").label()).isEqualTo("sum");
    assertThat(builder.named("sum")).contains(x.plus(x));
  }

  @Test
  void refusesToMixBuilders() {
    Value stranger =
        new GraphBuilder(TestOps.registry()).input("s", TensorType.of(DType.F64, 4, 3));
    assertThatThrownBy(() -> x.plus(stranger))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessage(
            "add mixes values of two builders; 's' belongs to another. Make all values of a graph with one GraphBuilder.");
    assertThatThrownBy(() -> builder.graph(Map.of("x", x, "s", stranger)))
        .hasMessageContaining("one builder");
  }

  @Test
  void aParameterNeedsKnownSizesAndUpdatesOfItsType() {
    assertThatThrownBy(() -> builder.parameter("w", new TensorType(DType.F64, Shape.batch("N"))))
        .hasMessageContaining("needs known sizes");
    assertThatThrownBy(() -> builder.graph(Map.of(), Map.of(b, x)))
        .hasMessage(
            "The new value of b: f64[1, 2] has the type f64[4, 3]; it needs the type of the parameter.");
    Graph graph = builder.graph(Map.of("y", x), Map.of(b, b.plus(b)));
    assertThat(graph.parameters()).containsExactly(b);
    assertThat(graph.inputs()).containsExactly(x);
    assertThatThrownBy(() -> graph.output("z")).hasMessage("No output named 'z'; there are [y].");
  }

  @Test
  void aCompositeThatContainsItselfIsRefused() {
    Composite<NoAttributes> endless =
        new Composite<>() {
          @Override
          public OpId id() {
            return OpId.of("endless");
          }

          @Override
          public OpSignature signature() {
            return OpSignature.of("x");
          }

          @Override
          public Value forward(NoAttributes none, Values v) {
            return v.get(0).builder().apply(this, none, List.of(v.get(0)));
          }
        };
    assertThatThrownBy(() -> builder.apply(endless, NoAttributes.NONE, List.of(x)))
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageContaining("its expansion contains itself");
  }

  @Test
  void bigConstantsAreComparedByIdentity() {
    Tensor big = Tensor.zeros(TensorType.of(DType.F64, 1000));
    assertThat(builder.constant(big)).isSameAs(builder.constant(big));
    assertThat(builder.constant(Tensor.zeros(big.type()))).isNotSameAs(builder.constant(big));
  }
}
