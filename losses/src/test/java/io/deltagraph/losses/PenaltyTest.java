package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltyTest {
  @Test
  void theWeightsOfAModelAreItsParametersButTheBiases() {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter weights = builder.parameter("layer1.weights", TensorType.of(DType.F64, 3, 2));
    GraphParameter bias = builder.parameter("layer1.bias", TensorType.of(DType.F64, 3));
    GraphParameter scale = builder.parameter("scale", TensorType.of(DType.F64));
    assertThat(Penalty.weights(List.of(weights, bias, scale))).containsExactly(weights);
  }

  @Test
  void strengthsAndCountsAreChecked() {
    assertThatThrownBy(() -> new Penalty(-0.1, 1)).hasMessageContaining("'lambda'");
    assertThatThrownBy(() -> new Penalty(Double.NaN, 1)).hasMessageContaining("'lambda'");
    assertThatThrownBy(() -> new Penalty(1, 0)).hasMessageContaining("'samples'");
    assertThatThrownBy(() -> new Penalty(1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("'samples'");
    assertThat(new Penalty(0, 4).strength()).isZero();
  }
}
