package io.deltagraph.losses;

import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanAbsoluteErrorTest implements OpContract {
  @Override
  public Op<?> op() {
    return new MeanAbsoluteError();
  }

  @Override
  public List<Case> cases() {
    return Losses.cases();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusals();
  }

  @Test
  void theGradientAtATieIsZero() {
    Losses.assertFormula(
        MeanAbsoluteError::of,
        (a, t) -> Math.abs(a - t),
        (a, t) -> a == t ? 0 : a > t ? 1 : -1,
        (a, t) -> a == t ? 0 : a > t ? -1 : 1,
        Tensor.matrix(new double[] {2, 1e-300, -1e-300}),
        Tensor.matrix(new double[] {2, 0, 0}));
  }
}
