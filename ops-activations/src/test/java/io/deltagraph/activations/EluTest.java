package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Elu();
  }

  @Override
  public List<Case> cases() {
    return Stream.concat(
            OpContract.super.cases().stream(),
            Stream.of(Case.of("[N, 3]").with("alpha", 0.3), Case.of("[4]").with("alpha", 2.0)))
        .toList();
  }

  @Test
  void theDepthIsOneUnlessAnotherIsGiven() {
    assertArrayEquals(new double[] {-1}, Calculation.elements(x -> x.op("elu"), -1e3));
  }
}
