package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.derivative;
import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static io.deltagraph.testkit.Calculation.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopKTest implements OpContract {
  private static final Tensor MATRIX =
      Tensor.matrix(new double[] {1, 4, 2}, new double[] {32, 8, 16});

  @Override
  public Op<?> op() {
    return new TopK();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[4]").with("k", 1),
        Case.of("[2, 3]").with("k", 2),
        Case.of("[3, 3]").with("k", 2).with("axis", 0),
        Case.of("[N, 3]").with("k", 2),
        Case.of("[2, 3, 2]").with("k", 3).with("axis", 1),
        Case.of("[0, 3]").with("k", 2));
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[3]").with("k", 4),
        Case.of("[3]").with("k", 0),
        Case.of("[]").with("k", 1),
        Case.of("[N]").with("k", 1));
  }

  @Test
  void givesTheLargestAndWhereTheyAre() {
    assertThat(elements(x -> TopK.of(x[0], 2, 1).values(), MATRIX)).containsExactly(4, 2, 32, 16);
    assertThat(elements(x -> TopK.of(x[0], 2, 1).indices(), MATRIX)).containsExactly(1, 2, 0, 2);
    assertThat(elements(x -> TopK.of(x[0], 1, 0).values(), MATRIX)).containsExactly(32, 8, 16);
    assertThat(elements(x -> TopK.of(x[0], 1, 0).indices(), MATRIX)).containsExactly(1, 1, 1);
    assertThat(value(x -> TopK.of(x[0], 2, -1).indices(), MATRIX).type())
        .isEqualTo(TensorType.of(DType.I32, 2, 2));
  }

  @Test
  void theFirstOfEqualElementsAndNaNComeFirst() {
    assertThat(elements(x -> TopK.of(x, 3, 0).indices(), 5, 7, 5, 7)).containsExactly(1, 3, 0);
    assertThat(elements(x -> TopK.of(x, 2, 0).values(), 1, Double.NaN, 3))
        .containsExactly(Double.NaN, 3);
  }

  /** Weights 10 and 100 on the largest and the second; the others have no say. */
  @Test
  void sendsGradientsToTheLargestAlone() {
    assertThat(
            elements(
                derivative(x -> TopK.of(x[0], 2, 0).values().times(x[1]), 0),
                Tensor.vector(3, -1, 9, 2),
                Tensor.vector(10, 100)))
        .containsExactly(100, 0, 10, 0);
  }

  @Test
  void saysWhatItCannotTake() {
    assertThat(refusal(x -> TopK.of(x[0], 4, 1).values(), "f64[2, 3]"))
        .isEqualTo("top_k cannot take f64[2, 3]: axis 1 has 3 elements.");
    assertThat(refusal(x -> TopK.of(x[0], 1, 0).values(), "f64[N, 3]"))
        .isEqualTo("top_k cannot take f64[N, 3]: the named dimension N may have fewer elements.");
    assertThat(refusal(x -> x[0].tuple("top_k", Map.of("k", 0)).part("values"), "f64[2]"))
        .isEqualTo("top_k: k is at least 1, got 0.");
  }
}
