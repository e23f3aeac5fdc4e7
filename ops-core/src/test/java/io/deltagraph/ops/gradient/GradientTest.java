package io.deltagraph.ops.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.deltagraph.gradient.Derivatives;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import io.deltagraph.ops.CumSum;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GradientTest {
  private final GraphBuilder builder = new GraphBuilder(OpRegistry.load());
  private final Value x = builder.input("x", TensorType.scalar(DType.F64));

  private static double at(Value value, double x) {
    return Evaluate.values(List.of(value), Map.of("x", Tensor.scalar(x))).getFirst().item();
  }

  private Value gradient(Value loss) {
    return Gradient.of(loss, List.of(x)).wrt(x);
  }

  @Test
  void aValueUsedTwiceCollectsBothGradients() {
    Value y = x.plus(3);
    assertThat(at(gradient(y.times(y).plus(y)), 2)).isEqualTo(2 * 5 + 1);
    assertThat(at(gradient(x.times(x).plus(x)), 2)).isEqualTo(2 * 2 + 1);
  }

  @Test
  void askingTwiceGivesTheSameNode() {
    Value loss = x.exp().times(x);
    assertThat(gradient(loss)).isSameAs(gradient(loss));
  }

  @Test
  void everyOrderIsAGraph() {
    Value y = x.square().square();
    for (int order = 0; order < 4; order++) {
      y = gradient(y);
    }
    assertThat(at(y, 1.7)).isEqualTo(24);
    Value e = x.times(0.5).exp();
    for (int order = 0; order < 5; order++) {
      e = gradient(e);
    }
    assertThat(at(e, 1)).isCloseTo(Math.exp(0.5) / 32, within(1e-15));
  }

  @Test
  void anIntermediateValueGetsItsTotalDerivative() {
    Value z = x.times(3);
    Value loss = z.square().plus(z.times(x));
    Gradient gradient = Gradient.of(loss, List.of(x, z));
    // ∂/∂z at fixed x is 2z + x; the total derivative by x is 18x + 6x.
    assertThat(at(gradient.wrt(z), 2)).isEqualTo(2 * 6 + 2);
    assertThat(at(gradient.wrt(x), 2)).isEqualTo(18 * 2 + 6 * 2);
  }

  @Test
  void whatDoesNotMatterHasAZeroOfItsType() {
    Value other = builder.input("other", new TensorType(DType.F64, Shape.batch("N", 2)));
    Gradient gradient = Gradient.of(x.square(), List.of(other, x));
    assertThat(gradient.wrt(other).type()).isEqualTo(other.type());
    assertThat(gradient.reached(other)).isFalse();
    assertThat(gradient.reached(x)).isTrue();
  }

  @Test
  void broadcastInputsAreSummedOver() {
    Value rows = builder.input("rows", new TensorType(DType.F64, Shape.batch("N", 3)));
    Value bias = builder.input("bias", TensorType.of(DType.F64, 3));
    Value column = builder.input("column", new TensorType(DType.F64, Shape.batch("N", 1)));
    Value loss = rows.times(bias).plus(column).sum();
    Gradient gradient = Gradient.of(loss, List.of(bias, column, rows));
    assertThat(gradient.wrt(bias).type()).isEqualTo(bias.type());
    assertThat(gradient.wrt(column).type()).isEqualTo(column.type());
    List<Tensor> values =
        Evaluate.values(
            List.of(gradient.wrt(bias), gradient.wrt(column), gradient.wrt(rows)),
            Map.of(
                "rows", Tensor.matrix(new double[][] {{1, 2, 3}, {10, 20, 30}}),
                "bias", Tensor.vector(5, 6, 7),
                "column", Tensor.matrix(new double[][] {{0}, {0}})));
    assertThat(values.get(0).toDoubles()).containsExactly(11, 22, 33);
    assertThat(values.get(1).toDoubles()).containsExactly(3, 3);
    assertThat(values.get(2).toDoubles()).containsExactly(5, 6, 7, 5, 6, 7);
  }

  @Test
  void sayWhyAGradientIsFlat() {
    Gradient gradient = Gradient.of(x.floor().plus(x), List.of(x));
    assertThat(gradient.flat()).singleElement().asString().startsWith("floor: ");
    assertThat(at(gradient.wrt(x), 2.5)).isEqualTo(1);
  }

  @Test
  void refusesWhatHasNoGradient() {
    Value vector = builder.input("v", TensorType.of(DType.F64, 2));
    Value index = builder.input("i", TensorType.of(DType.I32, 2));
    assertThatThrownBy(() -> Gradient.of(vector, List.of(vector)))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("v: f64[2]")
        .hasMessageContaining("Jacobian");
    assertThatThrownBy(() -> Gradient.of(x, List.of(index)))
        .hasMessageContaining("i: i32[2]: only f64 and f32 values have one");
    assertThatThrownBy(() -> Gradient.pullback(vector, x, List.of(vector)))
        .hasMessageContaining("The cotangent of v: f64[2] has the type f64[]");
  }

  @Test
  void deepGraphsDoNotOverflow() {
    Value y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.times(x.constant(i % 2 == 0 ? 2 : 0.5));
    }
    assertThat(at(gradient(y), 3)).isEqualTo(1);
  }

  /** {@code x² y}, as an expression of other ops. */
  private static final class SquareTimes implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:square_times");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y");
    }

    @Override
    public Value forward(NoAttributes none, Values v) {
      return v.get(0).square().times(v.get(1));
    }
  }

  @Test
  void aCompositeIsDifferentiatedThroughItsExpansion() {
    Value y = builder.input("y", TensorType.scalar(DType.F64));
    Value composite = builder.apply(new SquareTimes(), NoAttributes.NONE, List.of(x, y));
    Gradient gradient = Gradient.of(composite, List.of(x, y));
    Map<String, Tensor> point = Map.of("x", Tensor.scalar(3), "y", Tensor.scalar(5));
    List<Tensor> values = Evaluate.values(List.of(gradient.wrt(x), gradient.wrt(y)), point);
    assertThat(values.get(0).item()).isEqualTo(2 * 3 * 5);
    assertThat(values.get(1).item()).isEqualTo(9);
    Value cube = builder.apply(new SquareTimes(), NoAttributes.NONE, List.of(x, x));
    assertThat(at(gradient(cube), 2)).isEqualTo(3 * 4);
    Value nested = builder.apply(new SquareTimes(), NoAttributes.NONE, List.of(x, x.square()));
    assertThat(at(gradient(nested), 2)).isEqualTo(4 * 8);
  }

  /** Doubles, and lies about how many inputs it has gradients for. */
  private static final class Lying implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:lying");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values v) {
      return v.get(0).times(2);
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(at.gradient(), at.gradient());
    }
  }

  @Test
  void aRuleWithTheWrongNumberOfCotangentsIsNamed() {
    Value lie = builder.apply(new Lying(), NoAttributes.NONE, List.of(x));
    assertThatThrownBy(() -> gradient(lie))
        .isInstanceOf(GraphException.BadOp.class)
        .hasMessageContaining("test:lying")
        .hasMessageContaining("here 1, got 2");
  }

  @Test
  void aContractionWithAnAxisOfItsOwnRepeatsItsGradient() {
    Value a = builder.input("a", TensorType.of(DType.F64, 2, 3));
    Value b = builder.input("b", TensorType.of(DType.F64, 2));
    // Σ over j happens in a alone.
    Value loss = a.einsum(Subscripts.parse("ij,i->"), b);
    Gradient gradient = Gradient.of(loss, List.of(a, b));
    Map<String, Tensor> point =
        Map.of(
            "a", Tensor.matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}), "b", Tensor.vector(10, 20));
    List<Tensor> values = Evaluate.values(List.of(gradient.wrt(a), gradient.wrt(b)), point);
    assertThat(values.get(0).toDoubles()).containsExactly(10, 10, 10, 20, 20, 20);
    assertThat(values.get(1).toDoubles()).containsExactly(6, 15);
  }

  @Test
  void forwardModeIsTheJacobianTimesATangent() {
    Value v = builder.input("v", TensorType.of(DType.F64, 2));
    Value y = v.square().times(v.sum()); // y_i = v_i² (v0 + v1)
    Value tangent = builder.constant(Tensor.vector(1, -2));
    Value jvp = Derivatives.jvp(y, v, tangent);
    Map<String, Tensor> point = Map.of("v", Tensor.vector(3, 4));
    // dy_i = 2 v_i dv_i (v0 + v1) + v_i² (dv0 + dv1)
    assertThat(Evaluate.values(List.of(jvp), point).getFirst().toDoubles())
        .containsExactly(2 * 3 * 7 - 9, 2 * 4 * -2 * 7 - 16);
    Value jacobian = Derivatives.jacobian(y, v);
    assertThat(Evaluate.values(List.of(jacobian), point).getFirst().toDoubles())
        .containsExactly(2 * 3 * 7 + 9, 9, 16, 2 * 4 * 7 + 16);
  }

  @Test
  void hessiansAndTheirProducts() {
    Value v = builder.input("v", TensorType.of(DType.F64, 2));
    Value first = v.op("slice", Map.of("axis", 0, "start", 0, "stop", 1));
    Value second = v.op("slice", Map.of("axis", 0, "start", 1, "stop", 2));
    Value loss = first.square().times(second).sum(); // v0² v1
    Map<String, Tensor> point = Map.of("v", Tensor.vector(3, 5));
    Value hessian = Derivatives.hessian(loss, v);
    assertThat(Evaluate.values(List.of(hessian), point).getFirst().toDoubles())
        .containsExactly(10, 6, 6, 0);
    Value product = Derivatives.hvp(loss, v, builder.constant(Tensor.vector(1, 10)));
    assertThat(Evaluate.values(List.of(product), point).getFirst().toDoubles())
        .containsExactly(10 + 60, 6);
  }

  @Test
  void aJacobianOfNothingIsEmpty() {
    Value none = builder.input("none", TensorType.of(DType.F64, 0));
    assertThat(Derivatives.jacobian(none.square(), none).type())
        .isEqualTo(TensorType.of(DType.F64, 0, 0));
  }

  @Test
  void aRawBackwardRefusesSecondOrderAndForwardModeByName() {
    Op<NoAttributes> raw = new RawCube();
    Value v = builder.input("v", TensorType.of(DType.F64, 2));
    Value y = builder.apply(raw, NoAttributes.NONE, List.of(v));
    Value first = Gradient.of(y.sum(), List.of(v)).wrt(v);
    Map<String, Tensor> point = Map.of("v", Tensor.vector(2, 3));
    assertThat(Evaluate.values(List.of(first), point).getFirst().toDoubles())
        .containsExactly(12, 27);
    assertThatThrownBy(() -> Derivatives.hvp(y.sum(), v, v))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("'test:cube.backward' is a raw backward rule");
    assertThatThrownBy(() -> Derivatives.jvp(y, v, v))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("'test:cube.backward' is a raw backward rule");
  }

  @Test
  void aRuleThatIsNotLinearInItsGradientHasNoForwardMode() {
    Value v = builder.input("v", TensorType.of(DType.F64, 2));
    Value y = builder.apply(new NotLinear(), NoAttributes.NONE, List.of(v));
    assertThatThrownBy(() -> Derivatives.jvp(y, v, v))
        .isInstanceOf(GraphException.NoGradient.class)
        .hasMessageContaining("is not linear in the gradient");
  }

  @Test
  void viewsHaveAdjointsOfEveryOrder() {
    Value v = builder.input("v", TensorType.of(DType.F64, 3));
    Value twice = CumSum.of(v.op("slice", Map.of("axis", 0, "start", 1, "stop", 3)), 0, false);
    Value loss = twice.square().sum();
    // (v1)² + (v1 + v2)²
    Value hessian = Derivatives.hessian(loss, v);
    assertThat(
            Evaluate.values(List.of(hessian), Map.of("v", Tensor.vector(1, 2, 3)))
                .getFirst()
                .toDoubles())
        .containsExactly(0, 0, 0, 0, 4, 2, 0, 2, 2);
  }

  /** {@code x³}, whose rule is loops. */
  private static final class RawCube implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:cube");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values v) {
      return v.get(0).square().times(v.get(0));
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(
          at.raw(
              "test:cube.backward",
              at.input(0).type(),
              (inputs, output) -> {
                for (int i = 0; i < output.length(); i++) {
                  double x = inputs.get(1).get(i);
                  output.set(i, inputs.get(0).get(i) * 3 * x * x);
                }
              },
              at.gradient(),
              at.input(0)));
    }
  }

  /** A rule that squares the gradient it is given. */
  private static final class NotLinear implements Composite<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:not_linear");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Value forward(NoAttributes none, Values v) {
      return v.get(0).exp();
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return ImmutableList.of(Cotangent.flow(at.gradient().square()));
    }
  }
}
