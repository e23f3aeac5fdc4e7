package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import org.junit.jupiter.api.Test;

class AddTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Add();
  }

  @Test
  void broadcasts() {
    assertThat(
            elements(
                x -> Add.of(x[0], x[1]),
                Tensor.matrix(new double[] {1}, new double[] {2}),
                Tensor.vector(10, 20)))
        .containsExactly(11, 21, 12, 22);
  }

  @Test
  void refusesShapesThatDoNotBroadcast() {
    assertThat(refusal(x -> Add.of(x[0], x[1]), "f64[3]", "f64[2]"))
        .startsWith("add cannot take f64[3] and f64[2]: the shapes [3] and [2] do not broadcast: ");
    assertThat(refusal(x -> Add.of(x[0], x[1]), "f64[N]", "f64[M]"))
        .contains(
            "the shapes [N] and [M] do not broadcast: from the last axis on, sizes are equal or one is 1");
  }

  @Test
  void refusesTwoDtypes() {
    assertThat(refusal(x -> Add.of(x[0], x[1]), "f64[3]", "f32[3]"))
        .isEqualTo(
            "add cannot take f64[3] and f32[3]: its inputs have one dtype, got f64 and f32; cast one.");
  }
}
