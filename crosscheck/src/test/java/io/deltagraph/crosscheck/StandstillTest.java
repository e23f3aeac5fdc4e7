package io.deltagraph.crosscheck;

import static io.deltagraph.crosscheck.RealRows.OPS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients next to 0 have four reasons, which are told apart; all nets have 2, 2 and 1 neurons.
 */
class StandstillTest {
  private static final Samples XOR =
      new Samples(
          Tensor.matrix(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}),
          Tensor.matrix(new double[][] {{0}, {1}, {1}, {0}}));

  private static List<Standstill.Finding> found(
      String hidden, String last, double[][] in, double[] bias, double[] out, double outBias) {
    NetworkPlan plan =
        new NetworkPlan(
            2,
            ImmutableList.of(
                new LayerPlan(2, OpChoice.of(hidden), new Initialiser.Zeros()),
                new LayerPlan(1, OpChoice.of(last), new Initialiser.Zeros())),
            false,
            OpChoice.of("half_squared_error"),
            0,
            0,
            DType.F64);
    Map<String, Tensor> at = new HashMap<>();
    at.put("layer1.weight", Tensor.matrix(in));
    at.put("layer1.bias", Tensor.vector(bias));
    at.put("layer2.weight", Tensor.matrix(new double[][] {out}));
    at.put("layer2.bias", Tensor.vector(outBias));
    return Standstill.of(plan, OPS, at, XOR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "sigmoid", "relu"})
  @DisplayName("Neurons that start from zeros are a symmetric point, not a minimum")
  void zeros(String hidden) {
    List<Standstill.Finding> found =
        found(hidden, "sigmoid", new double[2][2], new double[2], new double[2], 0);
    assertThat(found)
        .extracting(Standstill.Finding::kind)
        .containsExactly(Standstill.Kind.SYMMETRY);
    assertThat(found.getFirst().sentence())
        .contains("neurons among the 2 of layer1 have the same weights", "\"glorot\"");
  }

  @Test
  @DisplayName("Neurons that differ in one weight out are not the same")
  void almost() {
    assertThat(
            found("tanh", "identity", new double[2][2], new double[2], new double[] {0.1, 0}, 0.5))
        .extracting(Standstill.Finding::kind)
        .doesNotContain(Standstill.Kind.SYMMETRY);
  }

  @Test
  @DisplayName("Rectifiers below 0 on all rows are dead")
  void dead() {
    List<Standstill.Finding> found =
        found(
            "relu",
            "identity",
            new double[][] {{1, 2}, {1, 1}},
            new double[] {-5, 0.5},
            new double[] {1, 1},
            0);
    assertThat(found).extracting(Standstill.Finding::kind).containsExactly(Standstill.Kind.DEAD);
    assertThat(found.getFirst().sentence()).contains("1 of the 2 neurons of layer1");
  }

  @Test
  @DisplayName("Sigmoids far out are saturated")
  void saturated() {
    List<Standstill.Finding> found =
        found(
            "sigmoid",
            "identity",
            new double[][] {{1, 2}, {0.1, 0.2}},
            new double[] {25, 0},
            new double[] {1, 1},
            0);
    assertThat(found)
        .extracting(Standstill.Finding::kind)
        .containsExactly(Standstill.Kind.SATURATION);
    assertThat(found.getFirst().sentence()).contains("1 of the 2 neurons of layer1");
  }

  @Test
  @DisplayName("An output that is far out on the wrong side is saturated, on the right side is not")
  void outputs() {
    double[][] in = {{1, 1}, {1, 1}};
    double[] bias = {0, -1};
    // relu(a + b) − 2 relu(a + b − 1) is xor.
    double[] right = {60, -120};
    assertThat(found("relu", "sigmoid", in, bias, right, -30))
        .extracting(Standstill.Finding::kind)
        .containsExactly(Standstill.Kind.MINIMUM);
    List<Standstill.Finding> wrong =
        found("relu", "sigmoid", in, bias, new double[] {-60, 120}, 30);
    assertThat(wrong)
        .extracting(Standstill.Finding::kind)
        .containsExactly(Standstill.Kind.SATURATION);
    assertThat(wrong.getFirst().sentence()).startsWith("Saturated outputs: they are wrong");
  }

  @Test
  @DisplayName("Where none of these is, it is a minimum")
  void minimum() {
    assertThat(
            found(
                "relu",
                "identity",
                new double[][] {{1, 1}, {1, 1}},
                new double[] {0, -1},
                new double[] {1, -2},
                0))
        .extracting(Standstill.Finding::kind)
        .containsExactly(Standstill.Kind.MINIMUM);
  }
}
