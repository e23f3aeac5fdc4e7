package io.deltagraph.ops.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules derived from lane expressions, against derivatives written by hand. */
class LaneDerivativeTest {

  private record Derived(Function<Lanes, Lane> expression) implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("test:derived");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x", "y");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return expression.apply(x);
    }
  }

  private static Arguments rule(
      String name,
      Function<Lanes, Lane> expression,
      DoubleBinaryOperator dx,
      DoubleBinaryOperator dy) {
    return Arguments.of(name, expression, dx, dy);
  }

  static Stream<Arguments> rules() {
    DoubleBinaryOperator zero = (x, y) -> 0;
    return Stream.of(
        rule("add", v -> v.get(0).plus(v.get(1)), (x, y) -> 1, (x, y) -> 1),
        rule("subtract", v -> v.get(0).minus(v.get(1)), (x, y) -> 1, (x, y) -> -1),
        rule("multiply", v -> v.get(0).times(v.get(1)), (x, y) -> y, (x, y) -> x),
        rule("divide", v -> v.get(0).over(v.get(1)), (x, y) -> 1 / y, (x, y) -> -x / (y * y)),
        rule("negate", v -> v.get(0).negate(), (x, y) -> -1, zero),
        rule("abs", v -> v.get(0).abs(), (x, y) -> Math.signum(x), zero),
        rule(
            "minimum",
            v -> v.get(0).minimum(v.get(1)),
            (x, y) -> x < y ? 1 : 0,
            (x, y) -> x < y ? 0 : 1),
        rule(
            "maximum",
            v -> v.get(0).maximum(v.get(1)),
            (x, y) -> x > y ? 1 : 0,
            (x, y) -> x > y ? 0 : 1),
        rule(
            "sqrt",
            v -> v.get(0).abs().sqrt(),
            (x, y) -> Math.signum(x) / (2 * Math.sqrt(Math.abs(x))),
            zero),
        rule("exp", v -> v.get(0).exp(), (x, y) -> Math.exp(x), zero),
        rule("log", v -> v.get(1).log(), zero, (x, y) -> 1 / y),
        rule("log1p", v -> v.get(1).log1p(), zero, (x, y) -> 1 / (1 + y)),
        rule("expm1", v -> v.get(0).expm1(), (x, y) -> Math.exp(x), zero),
        rule("sin", v -> v.get(0).sin(), (x, y) -> Math.cos(x), zero),
        rule("cos", v -> v.get(0).cos(), (x, y) -> -Math.sin(x), zero),
        rule("tanh", v -> v.get(0).tanh(), (x, y) -> 1 / (Math.cosh(x) * Math.cosh(x)), zero),
        rule("erf", v -> v.get(0).erf(), (x, y) -> 2 / Math.sqrt(Math.PI) * Math.exp(-x * x), zero),
        rule(
            "pow",
            v -> v.get(1).pow(v.get(0)),
            (x, y) -> Math.pow(y, x) * Math.log(y),
            (x, y) -> x * Math.pow(y, x - 1)),
        rule("floor", v -> v.get(0).floor(), zero, zero),
        rule("round", v -> v.get(0).round(), zero, zero),
        rule("exponent", v -> v.get(0).exponent(), zero, zero),
        rule(
            "fma",
            v -> v.get(0).fma(v.get(1), v.get(0).times(v.get(0))),
            (x, y) -> y + 2 * x,
            (x, y) -> x),
        rule(
            "fma of a constant",
            v -> v.get(0).constant(3).fma(v.get(0).constant(2), v.get(1)),
            zero,
            (x, y) -> 1),
        rule(
            "scale",
            v -> v.get(0).times(v.get(1)).scale(v.get(1).round()),
            (x, y) -> y * Math.scalb(1.0, (int) Math.rint(y)),
            (x, y) -> x * Math.scalb(1.0, (int) Math.rint(y))),
        rule(
            "values of round (halves too), scale, exponent and fma",
            v ->
                v.get(0)
                    .times(v.get(1).times(5).round().scale(v.get(1).exponent()))
                    .times(v.get(1).round().fma(v.get(1).constant(2), v.get(1).constant(1))),
            (x, y) -> Math.scalb(Math.rint(5 * y), Math.getExponent(y)) * (2 * Math.rint(y) + 1),
            zero),
        rule(
            "select",
            v -> v.get(0).less(v.get(1)).select(v.get(0).times(3), v.get(1).times(5)),
            (x, y) -> x < y ? 3 : 0,
            (x, y) -> x < y ? 0 : 5),
        rule(
            "a lane used twice",
            v -> v.get(0).exp().times(v.get(0).exp()),
            (x, y) -> 2 * Math.exp(2 * x),
            zero),
        rule(
            "logical",
            v ->
                v.get(0)
                    .greater(0)
                    .and(v.get(1).isNaN().not())
                    .or(v.get(0).equal(7))
                    .select(v.get(0), v.get(1)),
            (x, y) -> x > 0 ? 1 : 0,
            (x, y) -> x > 0 ? 0 : 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void agreesWithTheDerivativeByHand(
      String name,
      Function<Lanes, Lane> expression,
      DoubleBinaryOperator dx,
      DoubleBinaryOperator dy) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    double[] xs = {-1.3, -0.4, 0.7, 1.9};
    double[] ys = {0.3, 1.1, 0.5, 2.6};
    Value x = builder.input("x", TensorType.of(DType.F64, 4));
    Value y = builder.input("y", TensorType.of(DType.F64, 4));
    Value out = builder.apply(new Derived(expression), NoAttributes.NONE, List.of(x, y));
    Gradient gradient = Gradient.of(out.sum(), List.of(x, y));
    List<Tensor> values =
        Evaluate.values(
            List.of(gradient.wrt(x), gradient.wrt(y)),
            Map.of("x", Tensor.vector(xs), "y", Tensor.vector(ys)));
    for (int i = 0; i < xs.length; i++) {
      assertThat(values.get(0).get(i)).isCloseTo(dx.applyAsDouble(xs[i], ys[i]), within(1e-14));
      assertThat(values.get(1).get(i)).isCloseTo(dy.applyAsDouble(xs[i], ys[i]), within(1e-14));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ties")
  void tiesAndKinksAreAsDocumented(
      String name, Function<Lanes, Lane> expression, double dx, double dy) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Value x = builder.input("x", TensorType.scalar(DType.F64));
    Value y = builder.input("y", TensorType.scalar(DType.F64));
    Value out = builder.apply(new Derived(expression), NoAttributes.NONE, List.of(x, y));
    Gradient gradient = Gradient.of(out, List.of(x, y));
    List<Tensor> values =
        Evaluate.values(
            List.of(gradient.wrt(x), gradient.wrt(y)),
            Map.of("x", Tensor.scalar(0), "y", Tensor.scalar(0)));
    assertThat(values.get(0).item()).isEqualTo(dx);
    assertThat(values.get(1).item()).isEqualTo(dy);
  }

  static Stream<Arguments> ties() {
    Function<Lanes, Lane> abs = v -> v.get(0).abs();
    Function<Lanes, Lane> max = v -> v.get(0).maximum(v.get(1));
    Function<Lanes, Lane> min = v -> v.get(0).minimum(v.get(1));
    Function<Lanes, Lane> pow = v -> v.get(0).pow(v.get(1).plus(2));
    Function<Lanes, Lane> untaken =
        v -> v.get(0).less(1).select(v.get(0), v.get(0).reciprocal().sqrt());
    return Stream.of(
        Arguments.of("a branch that is not taken and infinite", untaken, 1.0, 0.0),
        Arguments.of("abs", abs, 0.0, 0.0),
        Arguments.of("maximum", max, 0.5, 0.5),
        Arguments.of("minimum", min, 0.5, 0.5),
        Arguments.of("pow of 0 by its exponent", pow, 0.0, 0.0));
  }
}
