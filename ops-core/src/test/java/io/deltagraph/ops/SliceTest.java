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

class SliceTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Slice();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[5]").with("start", 1).with("stop", 4),
        Case.of("[5]").with("step", 2),
        Case.of("[N, 4]").with("axis", 1).with("start", -3).with("step", 2),
        Case.of("[3, 2]").with("stop", 0),
        Case.of("[2, 3, 2]").with("axis", -2).with("start", 1));
  }

  @Test
  void takesARange() {
    assertThat(elements(x -> Slice.of(x, 0, 1, 3), 0, 1, 2, 3, 4)).containsExactly(1, 2);
    assertThat(elements(x -> Slice.of(x, 0, -2, Slice.END), 0, 1, 2, 3, 4)).containsExactly(3, 4);
    assertThat(elements(x -> Slice.of(x, 0, 0, Slice.END, 2), 0, 1, 2, 3, 4))
        .containsExactly(0, 2, 4);
    assertThat(elements(x -> Slice.of(x, 0, 1, 4, 2), 0, 1, 2, 3, 4)).containsExactly(1, 3);
    assertThat(
            elements(
                x -> Slice.of(x[0], -1, 1, 3),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(2, 4, 16, 32);
    assertThat(elements(x -> Slice.of(x, 0, 2, 2), 0, 1, 2)).containsExactly();
  }

  @Test
  void givesTheGradientToWhatWasTaken() {
    assertThat(gradient(x -> Slice.of(x, 0, 1, 4, 2), 0, 1, 2, 3, 4))
        .containsExactly(0, 1, 0, 1, 0);
  }

  @Test
  void refusesPositionsOutside() {
    assertThat(refusal(x -> Slice.of(x[0], 1, 1, 4), "f64[2, 3]"))
        .isEqualTo("slice cannot take f64[2, 3]: there are no positions 1 to 4 along axis 1 of 3.");
  }

  @Test
  void refusesANamedDimension() {
    assertThat(refusal(x -> Slice.of(x[0], 0, 0, 2), "f64[N, 3]"))
        .isEqualTo("slice cannot take f64[N, 3]: the named dimension N cannot be sliced.");
  }

  @Test
  void refusesAStepBelowOne() {
    assertThat(refusal(x -> x[0].op("slice", Map.of("step", 0)), "f64[2]"))
        .isEqualTo("slice: step is at least 1, got 0.");
  }
}
