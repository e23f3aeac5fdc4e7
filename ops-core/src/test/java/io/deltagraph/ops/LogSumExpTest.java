package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Mutator;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSumExpTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogSumExp();
  }

  @Override
  public Map<Mutator, String> equivalentMutants() {
    return Map.of(Mutator.STALE_OUTPUT, "the output only tells whether a run is all −∞");
  }

  @Test
  void neitherOverflowsNorUnderflows() {
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), 1000, 1000))
        .containsExactly(new double[] {1000.6931471805599}, within(1e-12));
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), -1000, -1000))
        .containsExactly(new double[] {-999.3068528194401}, within(1e-12));
  }

  @Test
  void takesInfinities() {
    assertThat(
            elements(
                x -> LogSumExp.of(x, List.of(), false),
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY))
        .containsExactly(Double.NEGATIVE_INFINITY);
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), Double.POSITIVE_INFINITY, 1))
        .containsExactly(Double.POSITIVE_INFINITY);
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), Double.NEGATIVE_INFINITY, 3))
        .containsExactly(3);
    assertThat(elements(x -> LogSumExp.of(x, List.of(), false), Double.NaN, 3))
        .containsExactly(Double.NaN);
  }

  @Test
  void hasTheSoftmaxAsGradient() {
    assertThat(gradient(x -> LogSumExp.of(x, List.of(), false), 0, Math.log(3)))
        .containsExactly(new double[] {0.25, 0.75}, within(1e-15));
    assertThat(
            gradient(
                x -> LogSumExp.of(x, List.of(), false),
                Double.NEGATIVE_INFINITY,
                Double.NEGATIVE_INFINITY))
        .containsExactly(0, 0);
    assertThat(gradient(x -> LogSumExp.of(x, List.of(), false), Double.NEGATIVE_INFINITY, 5))
        .containsExactly(0, 1);
  }
}
