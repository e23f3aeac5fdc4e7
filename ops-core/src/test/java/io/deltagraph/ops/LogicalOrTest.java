package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.type.DType;
import org.junit.jupiter.api.Test;

class LogicalOrTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LogicalOr();
  }

  @Test
  void holdsWhereEitherDoes() {
    assertThat(
            elements(
                x -> LogicalOr.of(x[0], x[1]),
                Tensor.vector(0, 0, 1, 1).cast(DType.BOOL),
                Tensor.vector(0, 1, 0, 1).cast(DType.BOOL)))
        .containsExactly(0, 1, 1, 1);
  }
}
