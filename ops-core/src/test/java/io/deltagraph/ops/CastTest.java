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

class CastTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Cast();
  }

  @Override
  public List<Case> cases() {
    return List.of(Case.of("[2, 3]").with("dtype", "f64"), Case.of("[N, 3]").with("dtype", "f64"));
  }

  @Test
  void convertsAsDocumented() {
    assertThat(elements(x -> Cast.of(x, DType.F32), 0.1)).containsExactly(0.1f);
    assertThat(elements(x -> Cast.of(x, DType.I32), 1.9, -1.9, 1e300, Double.NaN))
        .containsExactly(1, -1, Integer.MAX_VALUE, 0);
    assertThat(elements(x -> Cast.of(x, DType.BOOL), 0, -0.0, 0.5, -3)).containsExactly(0, 0, 1, 1);
    assertThat(elements(x -> Cast.of(x[0], DType.F64), Tensor.vector(0, 1).cast(DType.BOOL)))
        .containsExactly(0, 1);
  }

  @Test
  void carriesTheGradientBackInTheDtypeOfItsInput() {
    Tensor gradient =
        value(derivative(x -> Cast.of(x[0], DType.F64), 0), Tensor.vector(1, 2).cast(DType.F32));
    assertThat(gradient.type()).isEqualTo(TensorType.of(DType.F32, 2));
    assertThat(gradient.toDoubles()).containsExactly(1, 1);
  }

  @Test
  void refusesAnUnknownDtype() {
    assertThat(refusal(x -> x[0].op("cast", Map.of("dtype", "f16")), "f64[2]"))
        .isEqualTo(
            "cast: The attribute 'dtype': No dtype named 'f16'; there are f64, f32, i64, i32 and bool.");
  }
}
