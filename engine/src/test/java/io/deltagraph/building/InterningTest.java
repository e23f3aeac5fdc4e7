package io.deltagraph.building;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.plan.Planner;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.tensor.TensorWriter;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which expressions share a node, and rules of ops that fail. */
class InterningTest {
  private final GraphBuilder builder = new GraphBuilder(TestOps.registry());
  private final Input x = builder.input("x", TensorType.of(DType.F64, 2));

  /** {@code 3 x + 5 y} with two raw backward rules of one name. */
  private record TwoRules() implements Kernel<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:two");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      return inputs.get(0);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {
      for (int i = 0; i < output.length(); i++) {
        output.set(i, 3 * inputs.get(0).get(i) + 5 * inputs.get(1).get(i));
      }
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(times(at, 3), times(at, 5));
    }

    private static Value times(Adjoint<NoAttributes> at, double factor) {
      return at.raw(
          "test:two.backward",
          at.gradient().type(),
          (inputs, output) -> {
            for (int i = 0; i < output.length(); i++) {
              output.set(i, factor * inputs.get(0).get(i));
            }
          },
          at.gradient());
    }
  }

  /** A kernel whose shape rule fails in a way of its own. */
  private record Failing(Throwable failure) implements Kernel<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:failing");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public TensorType infer(NoAttributes none, InputTypes inputs) {
      Throwables.throwIfUnchecked(failure);
      throw new AssertionError(failure);
    }

    @Override
    public void forward(NoAttributes none, List<TensorReader> inputs, TensorWriter output) {}

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flat("never asked");
    }
  }

  @Test
  void rawRulesOfOneNameAreNotTakenForEachOther() {
    Input y = builder.input("y", x.type());
    Value out = builder.apply(new TwoRules(), NoAttributes.NONE, List.of(x, y));
    Gradient gradient =
        Gradient.pullback(out, builder.constant(Tensor.vector(1, 2)), List.of(x, y));
    assertThat(Evaluate.value(gradient.wrt(x), Map.of()).toDoubles()).containsExactly(3, 6);
    assertThat(Evaluate.value(gradient.wrt(y), Map.of()).toDoubles()).containsExactly(5, 10);
  }

  @Test
  void wholeNumbersBeyondDoublesAreToldApart() {
    TensorType type = TensorType.of(DType.I64, 1);
    Tensor even = Tensor.copyOf(type, new TensorBuffer.I64(new long[] {1L << 53}));
    Tensor odd = Tensor.copyOf(type, new TensorBuffer.I64(new long[] {(1L << 53) + 1}));
    assertThat(even.bitEquals(odd)).isFalse();
    assertThat(even.bitEquals(Tensor.copyOf(type, new TensorBuffer.I64(new long[] {1L << 53}))))
        .isTrue();
    assertThat(builder.constant(even)).isNotSameAs(builder.constant(odd));
  }

  @Test
  void constantsAndAttributesKeepNaNTogetherAndZerosApart() {
    assertThat(x.constant(Double.NaN)).isSameAs(x.constant(Double.NaN));
    assertThat(x.op("scale", Map.of("k", Double.NaN)))
        .isSameAs(x.op("scale", new TestOps.Scale.Factor(Double.NaN)));
    assertThat(x.op("scale", Map.of("k", 0.0))).isNotSameAs(x.op("scale", Map.of("k", -0.0)));
  }

  @Test
  void aHundredThousandConstantsAreNoTrouble() {
    for (int i = 0; i < 100_000; i++) {
      builder.constant(Tensor.scalar(i));
    }
    assertThat(builder.size()).isEqualTo(100_001);
    assertThat(builder.constant(Tensor.scalar(99_999)).id()).isEqualTo(100_000);
  }

  @Test
  void aDeepGraphIsPlannedAndRunInSeconds() {
    long start = System.nanoTime();
    Value value = x;
    for (int i = 0; i < 100_000; i++) {
      value = value.op("scale", Map.of("k", i % 2 == 0 ? 2 : 0.5));
    }
    Gradient gradient =
        Gradient.pullback(value.times(value), builder.constant(Tensor.vector(1, 1)), List.of(x));
    Graph graph = builder.graph(Map.of("y", value, "g", gradient.wrt(x)));
    int planned =
        Planner.plan(graph, Map.of()).steps().stream().mapToInt(step -> step.nodes().size()).sum();
    assertThat(planned).isGreaterThan(200_000);
    assertThat(Evaluate.value(value, Map.of("x", Tensor.vector(1, 3))).toDoubles())
        .containsExactly(1, 3);
    assertThat((System.nanoTime() - start) / 1e9).isLessThan(60);
  }

  @Test
  void aRuleThatThrowsIsTheFaultOfItsOp() {
    assertThatThrownBy(() -> apply(new NullPointerException("oops")))
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageContaining("infer throws java.lang.NullPointerException: oops")
        .hasMessageContaining("built   InterningTest.java:");
    OpRegistry registry = OpRegistry.of(new Failing(new ClassCastException("inside")));
    Value other = new GraphBuilder(registry).input("x", x.type());
    assertThatThrownBy(() -> other.op("test:failing", NoAttributes.NONE))
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageContaining("ClassCastException: inside");
  }

  /** It is in another jar than the op: nobody has to be told of a mistake. */
  @Test
  void aClassThatIsNotThereIsAskedFor() {
    OpRegistry registry = OpRegistry.of(new Failing(new NoClassDefFoundError("com/acme/Help")));
    Value other = new GraphBuilder(registry).input("x", x.type());
    assertThatThrownBy(() -> other.op("test:failing", NoAttributes.NONE))
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageContaining("throws java.lang.NoClassDefFoundError: com/acme/Help")
        .hasMessageContaining("to do   give the jar that has the class com.acme.Help as well");
  }

  @Test
  void aRuleThatRefusesTellsOfTheInputs() {
    assertThatThrownBy(() -> apply(new IllegalArgumentException("it is too small.")))
        .isInstanceOf(GraphException.BadTypes.class)
        .hasMessageStartingWith("test:failing cannot take f64[2]: it is too small.\n");
  }

  private Value apply(RuntimeException failure) {
    return builder.apply(new Failing(failure), NoAttributes.NONE, List.of(x));
  }
}
