package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.gradient;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClipTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Clip();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[4]").with("low", -0.5).with("high", 0.75),
        Case.of("[N, 3]").with("high", 0.25),
        Case.of("[2, 3]").with("low", 0.25),
        Case.of("[]"));
  }

  @Test
  void keepsBetweenTheBounds() {
    assertThat(elements(x -> Clip.of(x, -1, 2), -3, -1, 0.5, 2, 7))
        .containsExactly(-1, -1, 0.5, 2, 2);
    assertThat(elements(x -> Clip.of(x[0], -1, 2), Tensor.indices(-5, 5))).containsExactly(-1, 2);
    assertThat(elements(x -> Clip.of(x, -1, 2), Double.NaN, Double.POSITIVE_INFINITY))
        .containsExactly(Double.NaN, 2);
  }

  @Test
  void letsTheGradientThroughAtTheBounds() {
    assertThat(gradient(x -> Clip.of(x, -1, 2), -3, -1, 0.5, 2, 7)).containsExactly(0, 1, 1, 1, 0);
  }

  @Test
  void hasNoBoundsByDefault() {
    assertThat(elements(x -> x.op("clip"), -1e300, 1e300)).containsExactly(-1e300, 1e300);
  }

  @Test
  void refusesBoundsInTheWrongOrder() {
    assertThat(refusal(x -> x[0].op("clip", Map.of("low", 2, "high", 1)), "f64[2]"))
        .isEqualTo("clip: clip needs low <= high, got low 2.0 and high 1.0.");
  }
}
