package io.deltagraph.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeakyReluTest implements OpContract {
  @Override
  public Op<?> op() {
    return new LeakyRelu();
  }

  @Override
  public List<Case> cases() {
    return Stream.concat(
            OpContract.super.cases().stream(),
            Stream.of(Case.of("[N, 3]").with("alpha", 0.3), Case.of("[4]").with("alpha", -0.5)))
        .toList();
  }

  @Test
  void theSlopeOnTheLeftIsOneHundredthUnlessAnotherIsGiven() {
    assertArrayEquals(
        new double[] {-0.01, 1}, Calculation.elements(x -> x.op("leaky_relu"), -1, 1));
  }
}
