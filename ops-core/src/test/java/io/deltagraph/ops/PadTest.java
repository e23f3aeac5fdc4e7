package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PadTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Pad();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]").with("before", 1).with("after", 2),
        Case.of("[2, 3]").with("axis", 1).with("before", 2).with("value", 5.0),
        Case.of("[N, 3]").with("axis", -1).with("after", 1),
        Case.of("[2, 0]").with("axis", 1).with("before", 1));
  }

  @Test
  void surroundsWithAValue() {
    assertThat(elements(x -> Pad.of(x, 0, 1, 2, 9), 1, 2)).containsExactly(9, 1, 2, 9, 9);
    assertThat(
            elements(
                x -> Pad.of(x[0], 0, 1, 0, Double.NEGATIVE_INFINITY),
                Tensor.matrix(new double[] {1, 2, 4}, new double[] {8, 16, 32})))
        .containsExactly(
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            1,
            2,
            4,
            8,
            16,
            32);
    assertThat(elements(x -> Pad.of(x[0], -1, 0, 1, 0), Tensor.vector(1, 2).reshape(2, 1)))
        .containsExactly(1, 0, 2, 0);
  }

  @Test
  void refusesANamedDimension() {
    assertThat(refusal(x -> Pad.of(x[0], 0, 1, 1, 0), "f64[N, 3]"))
        .isEqualTo("pad cannot take f64[N, 3]: the named dimension N cannot be padded.");
  }

  @Test
  void refusesNegativeCounts() {
    assertThat(refusal(x -> x[0].op("pad", Map.of("before", -1)), "f64[2]"))
        .isEqualTo("pad: before and after are at least 0, got -1, 0.");
  }
}
