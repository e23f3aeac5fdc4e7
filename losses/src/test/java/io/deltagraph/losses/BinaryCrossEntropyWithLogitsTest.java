package io.deltagraph.losses;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.gradient.Kinks;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import io.deltagraph.testkit.Sampler;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyWithLogitsTest implements OpContract {
  @Override
  public Op<?> op() {
    return new BinaryCrossEntropyWithLogits();
  }

  @Override
  public List<Case> cases() {
    return Losses.cases().stream().map(c -> c.sampling(1, Sampler.uniform(0, 1))).toList();
  }

  @Override
  public List<Case> refusals() {
    return Losses.refusals();
  }

  /** At logits of 0, where logistic regression starts, the loss is smooth. */
  @Test
  void noKinkIsReportedWhereThoseOfTheTermsCancel() {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    TensorType type = TensorType.of(DType.F64, 2, 1);
    Value loss =
        BinaryCrossEntropyWithLogits.of(builder.input("z", type), builder.input("t", type));
    assertEquals(List.of(), Kinks.of(List.of(loss)));
  }

  @Test
  void hugeLogitsNeitherOverflowNorVanish() {
    Tensor zero = Tensor.vector(0);
    Tensor one = Tensor.vector(1);
    assertEquals(1e3, Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(1e3), zero));
    assertEquals(0, Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(1e3), one));
    assertEquals(1e3, Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(-1e3), one));
    assertEquals(
        Math.exp(-40),
        Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(40), one),
        1e-31);
    assertEquals(
        Math.exp(-40),
        Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(-40), zero),
        1e-31);
    assertEquals(
        Double.NaN,
        Losses.value(
            BinaryCrossEntropyWithLogits::of, Tensor.vector(Double.POSITIVE_INFINITY), one));
    assertEquals(
        Double.NaN,
        Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(Double.NaN), zero));
    assertArrayEquals(
        new double[] {1, -1},
        Losses.gradients(
                (z, t) -> BinaryCrossEntropyWithLogits.of(z, t, LossReduction.SUM),
                Tensor.vector(1e3, -1e3),
                Tensor.vector(0, 1))
            .get(0)
            .toDoubles());
  }

  /** ln 2 and ½ − t, where the terms of the stable form have kinks. */
  @Test
  void isSmoothAtZero() {
    assertEquals(
        Math.log(2),
        Losses.value(BinaryCrossEntropyWithLogits::of, Tensor.vector(0), Tensor.vector(0.3)),
        1e-16);
    assertEquals(
        0.2,
        Losses.gradients(BinaryCrossEntropyWithLogits::of, Tensor.vector(0), Tensor.vector(0.3))
            .get(0)
            .item(),
        1e-16);
  }
}
