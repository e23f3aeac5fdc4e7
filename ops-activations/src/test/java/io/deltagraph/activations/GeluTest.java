package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Gelu();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact()
        .outputWithin(1, "1 + erf and 1 + tanh cancel far below 0")
        .gradientWithin(4, "1 + erf, 1 + tanh and 1 − tanh² cancel");
  }

  @Override
  public List<Case> cases() {
    return Stream.concat(
            OpContract.super.cases().stream(),
            Stream.of(
                Case.of("[N, 3]").with("approximate", "tanh"),
                Case.of("[]").with("approximate", "tanh")))
        .toList();
  }

  @Test
  void theApproximationIsWithinAThousandth() {
    double[] x = {-3, -1, -0.5, 0, 0.5, 1, 3};
    assertArrayEquals(
        Calculation.elements(Gelu::of, x), Calculation.elements(Gelu::approximate, x), 1e-3);
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(
            () -> Calculation.elements(x -> x.op("gelu", Map.of("approximate", "erf")), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'approximate' is one of none, tanh, got 'erf'");
  }
}
