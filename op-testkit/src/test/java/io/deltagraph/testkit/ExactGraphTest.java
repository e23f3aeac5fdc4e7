package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact lanes and graphs beside numbers and slopes worked by hand. */
class ExactGraphTest {
  private static Varied of(double x, UnaryOperator<Lane> function) {
    Varied input = Varied.entry(Exact.of(x), 0, 1);
    return new ExactLane(List.of(input)).of(function.apply(Lane.input(0, DType.F64)));
  }

  private static double slope(double x, UnaryOperator<Lane> function) {
    return of(x, function).slope(0).toDouble();
  }

  @Test
  void slopesAreThoseOfTheTextbook() {
    assertThat(slope(3, x -> x.times(x).times(x))).isEqualTo(27);
    assertThat(slope(4, x -> x.sqrt().reciprocal())).isEqualTo(-1 / 16.0);
    assertThat(slope(0.5, Lane::exp)).isEqualTo(Math.exp(0.5), within(1e-15));
    assertThat(slope(8, Lane::log)).isEqualTo(0.125);
    assertThat(slope(-0.75, Lane::log1p)).isEqualTo(4);
    assertThat(slope(-40, Lane::expm1)).isEqualTo(Math.exp(-40), within(1e-32));
    assertThat(slope(1, Lane::sin)).isEqualTo(Math.cos(1), within(1e-15));
    assertThat(slope(1, Lane::cos)).isEqualTo(-Math.sin(1), within(1e-15));
    assertThat(slope(20, Lane::tanh)).isEqualTo(1.6993417021166355e-17, within(1e-31));
    assertThat(slope(0, Lane::erf)).isEqualTo(2 / Math.sqrt(Math.PI), within(1e-15));
    assertThat(slope(3, x -> x.pow(x.constant(2)))).isEqualTo(6);
    assertThat(slope(3, x -> x.constant(2).pow(x))).isEqualTo(8 * Math.log(2), within(1e-14));
    assertThat(slope(2, x -> x.fma(x, x))).isEqualTo(5);
    assertThat(slope(2, x -> x.scale(x.constant(3)))).isEqualTo(8);
    assertThat(slope(-2, x -> x.abs().minimum(x.constant(9)).maximum(x.negate().minus(1))))
        .isEqualTo(-1);
    assertThat(slope(1e80, x -> x.over(x.abs().plus(1)))).isEqualTo(1e-160, within(1e-174));
    assertThat(slope(2.5, x -> x.floor().plus(x.round()).plus(x.exponent()))).isZero();
    assertThat(slope(2.5, x -> x.cast(DType.I32).cast(DType.F64))).isZero();
    assertThat(slope(2.5, x -> x.cast(DType.F32).cast(DType.F64))).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 10, 2", "-1, -5, 3"})
  void aBranchIsTaken(double x, double value, double slope) {
    UnaryOperator<Lane> branch = z -> z.greater(0).select(z.times(2).plus(8), z.times(3).minus(2));
    assertThat(of(x, branch).value().toDouble()).isEqualTo(value);
    assertThat(slope(x, branch)).isEqualTo(slope);
    assertThat(slope(x, z -> z.less(2).and(z.isNaN().not()).select(z, z.negate()))).isEqualTo(1);
    assertThat(slope(x, z -> z.lessEqual(z.constant(-2)).or(z.equal(7)).select(z, z.negate())))
        .isEqualTo(-1);
  }

  @Test
  void atAKinkOnlyWhatBothSidesAgreeOnIsSure() {
    assertThat(of(0, Lane::abs).slope(0).isUnknown()).isTrue();
    assertThat(of(0, Lane::abs).value().isZero()).isTrue();
    assertThat(of(2, x -> x.maximum(x.constant(2))).slope(0).isUnknown()).isTrue();
    assertThat(slope(2, x -> x.maximum(x.plus(0)))).isEqualTo(1);
    assertThat(of(0, x -> x.less(0).select(x.constant(1), x)).value().isUnknown()).isTrue();
    assertThat(of(0, x -> x.less(0).select(x.negate(), x)).slope(0).isUnknown()).isTrue();
    assertThat(slope(0, x -> x.less(0).select(x.times(x), x.constant(0)))).isZero();
  }

  /** The value of a graph over one matrix, and its slopes by the entries. */
  private static Optional<List<Varied>> graph(UnaryOperator<Value> of, double... x) {
    GraphBuilder builder = GraphBuilder.withoutSites(ZooOps.registry());
    Input input = builder.input("x", new TensorType(DType.F64, Shape.batch("N", 2)));
    List<Varied> elements = new ArrayList<>();
    for (int i = 0; i < x.length; i++) {
      elements.add(Varied.entry(Exact.of(x[i]), i, x.length));
    }
    Map<Value, List<Varied>> known = new HashMap<>();
    known.put(input, elements);
    return new ExactGraph(Map.of("N", x.length / 2), known).of(of.apply(input));
  }

  private static double[][] slopes(UnaryOperator<Value> of, double... x) {
    return graph(of, x).orElseThrow().stream()
        .map(y -> y.slopes().stream().mapToDouble(Exact::toDouble).toArray())
        .toArray(double[][]::new);
  }

  private static double[] values(UnaryOperator<Value> of, double... x) {
    return graph(of, x).orElseThrow().stream().mapToDouble(y -> y.value().toDouble()).toArray();
  }

  private static UnaryOperator<Value> op(Op<NoAttributes> op) {
    return x -> x.builder().apply(op, NoAttributes.NONE, List.of(x));
  }

  @Test
  void everyKindOfOpHasItsExactForm() {
    UnaryOperator<Value> repeated = x -> x.times(x.sum(List.of(0), true));
    assertThat(values(repeated, 1, 2, 3, 4)).containsExactly(4, 12, 12, 24);
    assertThat(slopes(repeated, 1, 2, 3, 4)[0]).containsExactly(5, 0, 1, 0);
    UnaryOperator<Value> gram = x -> x.op("einsum", Map.of("subscripts", "ij,kj->ik"), x);
    assertThat(values(gram, 1, 2, 3, 4)).containsExactly(5, 11, 11, 25);
    assertThat(slopes(gram, 1, 2, 3, 4)[1]).containsExactly(3, 4, 1, 2);
    UnaryOperator<Value> folded = op(new WrongDigits.Norm(OpId.of("zoo:norm")));
    assertThat(values(folded, 3e160, 4e160)).containsExactly(5e160);
    assertThat(slopes(folded, 3e160, 4e160)[0]).containsExactly(0.6, 0.8);
    UnaryOperator<Value> shown = x -> x.sum(List.of(0), true).broadcastTo(x.shape());
    assertThat(values(shown, 1, 2, 3, 4)).containsExactly(4, 6, 4, 6);
    UnaryOperator<Value> composed =
        x ->
            op(new WrongRules.Body(OpId.of("zoo:body"), 1, v -> v.get(0).exp(), at -> List.of()))
                .apply(x);
    assertThat(values(composed, 0, 0)).containsExactly(1, 1);
  }

  @Test
  void loopsOverDoublesHaveNone() {
    Op<NoAttributes> twice = loops();
    assertThat(graph(op(twice), 1, 2)).isEmpty();
    UnaryOperator<Value> ofConstants = x -> op(twice).apply(x.constant(3)).times(x);
    assertThat(values(ofConstants, 1, 2)).containsExactly(6, 12);
  }

  @SuppressWarnings("unchecked") // the zoo's loops have no attributes
  private static Op<NoAttributes> loops() {
    return (Op<NoAttributes>) Zoo.looped("twice", Zoo::twice, Zoo.doubling());
  }
}
