package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class HuberTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Huber();
  }

  @Override
  public List<Case> cases() {
    return ImmutableList.<Case>builder()
        .addAll(Losses.cases())
        .add(Case.of("[N, 3]", "[N, 3]").with("delta", 0.3))
        .build();
  }

  @Override
  public List<Case> refusals() {
    return ImmutableList.<Case>builder()
        .addAll(Losses.refusals())
        .add(Case.of("[2]", "[2]").with("delta", 0.0))
        .build();
  }

  private static Value loss(Value outputs, Value targets, LossReduction reduction) {
    return Huber.of(outputs, targets, 1.5, reduction);
  }

  /** ½ δ² = 1.125 and the slope δ from both sides. */
  @Test
  void theTwoBranchesMeetWhereTheErrorIsDelta() {
    for (double sign : new double[] {-1, 1}) {
      for (double error : new double[] {Math.nextDown(1.5), 1.5, Math.nextUp(1.5)}) {
        Losses.assertFormula(
            HuberTest::loss,
            (a, t) -> 1.125,
            (a, t) -> sign * 1.5,
            (a, t) -> sign * -1.5,
            Tensor.matrix(new double[] {sign * error}),
            Tensor.matrix(new double[] {0}));
      }
    }
  }

  @Test
  void theUsualReductionIsMeanAllAndTheUsualDeltaIsOne() {
    Tensor outputs = Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4});
    Tensor targets = Tensor.matrix(new double[] {1, -1, 3.5}, new double[] {-2, 0.75, 4});
    Losses.assertSame(
        (a, t) -> Huber.of(a, t, 1),
        (a, t) -> Huber.of(a, t, 1, LossReduction.MEAN_ALL),
        outputs,
        targets);
    Losses.assertSame((a, t) -> a.op("huber", t), (a, t) -> Huber.of(a, t, 1), outputs, targets);
  }

  @Test
  void extremeOutputsGiveTheLimits() {
    Tensor zero = Tensor.vector(0);
    assertEquals(999.5, Losses.value((a, t) -> Huber.of(a, t, 1), Tensor.vector(-1e3), zero));
    assertEquals(
        Double.POSITIVE_INFINITY,
        Losses.value((a, t) -> Huber.of(a, t, 1), Tensor.vector(Double.POSITIVE_INFINITY), zero));
    assertEquals(
        Double.NaN, Losses.value((a, t) -> Huber.of(a, t, 1), Tensor.vector(Double.NaN), zero));
  }

  @Test
  void aDeltaOfZeroIsRefused() {
    assertThatThrownBy(
            () -> Losses.value((a, t) -> Huber.of(a, t, 0), Tensor.vector(1), Tensor.vector(1)))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'delta' is a finite number above 0, got 0.0");
  }
}
