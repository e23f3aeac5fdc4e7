package io.deltagraph.print;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OpTextTest {
  private static final Lane X = Lane.input(0, DType.F64);
  private static final Lane Y = Lane.input(1, DType.F64);

  static Stream<Arguments> expressions() {
    return Stream.of(
        Arguments.of(X.plus(Y).times(X), "(x + y) · x"),
        Arguments.of(X.minus(Y.minus(X)), "x − (y − x)"),
        Arguments.of(X.minus(Y).minus(X), "x − y − x"),
        Arguments.of(X.plus(Y.negate()), "x + (−y)"),
        Arguments.of(X.times(-2), "x · (−2)"),
        Arguments.of(X.over(Y.times(X)), "x / (y · x)"),
        Arguments.of(X.over(Y).over(X), "x / y / x"),
        Arguments.of(X.negate().exp().plus(1).reciprocal(), "1 / (e^(−x) + 1)"),
        Arguments.of(X.pow(Y).pow(X), "(x^y)^x"),
        Arguments.of(X.plus(Y).sqrt(), "√(x + y)"),
        Arguments.of(X.abs().negate().exp().log1p(), "ln(1 + e^(−|x|))"),
        Arguments.of(X.expm1().times(Y), "(e^x − 1) · y"),
        Arguments.of(X.less(0).select(X.times(0.01), X), "x · 0.01 if x < 0 else x"),
        Arguments.of(
            X.less(Y).and(X.isNaN().not()).select(X, Y), "x if (x < y and not(is_nan(x))) else y"),
        Arguments.of(X.maximum(X.constant(0)).minimum(Y).floor(), "⌊min(max(x, 0), y)⌋"),
        Arguments.of(X.minimum(X.constant(Double.POSITIVE_INFINITY)), "min(x, ∞)"),
        Arguments.of(X.maximum(X.constant(-1e30)), "max(x, −1e30)"),
        Arguments.of(X.plus(Y).fma(Y, X.constant(1)).times(X), "((x + y) · y + 1) · x"),
        Arguments.of(X.plus(Y).scale(X.plus(Y).round()), "(x + y) · 2^round(x + y)"),
        Arguments.of(X.scale(X.plus(Y)).over(Y), "x · 2^(x + y) / y"),
        Arguments.of(X.exponent(), "⌊log₂ |x|⌋"),
        Arguments.of(X.cast(DType.F32), "f32(x)"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("expressions")
  void setsBracketsWhereTheyAreNeeded(Lane lane, String text) {
    assertThat(new LaneText(List.of("x", "y")).of(lane)).isEqualTo(text);
  }

  private record Made(String name, Notation notation, UnaryOperator<Lane> lane)
      implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of(name);
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes lanes) {
      return lane.apply(lanes.get(0));
    }
  }

  @Test
  void writesNotationAndLanesOnce() {
    Notation function = Notation.function("silu");
    Notation same = Notation.template("|{0}|", "|{0}|", Notation.Binding.ATOM);
    assertThat(OpText.formula(new Made("silu", function, x -> x.over(x.negate().exp().plus(1)))))
        .isEqualTo("silu(x) = x / (e^(−x) + 1)");
    assertThat(OpText.formula(new Made("abs", same, Lane::abs))).isEqualTo("|x|");
  }

  /** As in a list of all ops there are: one of a jar that is not whole does not end it. */
  @Test
  void leavesOutTheLanesOfAnOpThatFails() {
    UnaryOperator<Lane> missing =
        x -> {
          throw new NoClassDefFoundError("com/acme/Help");
        };
    assertThat(OpText.formula(new Made("twice", Notation.function("twice"), missing)))
        .isEqualTo("twice(x)");
  }

  @Test
  void namesSeveralOutputs() {
    assertThat(OpText.formula(new SampleOps.Extremes())).isEqualTo("least, greatest = extremes(x)");
  }
}
