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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BinaryCrossEntropyWithLogitsTest implements OpContract {
  @Override
  public Op<?> op() {
    return new BinaryCrossEntropyWithLogits();
  }

  @Override
  public List<Case> cases() {
    return Stream.of(
            Case.of("[N, 3]", "[N, 3]"),
            Case.of("[2, 3]", "[2, 3]"),
            Case.of("[1, 1]", "[1, 1]"),
            Case.of("[2, 1, 3]", "[2, 1, 3]"),
            Case.of("[0, 3]", "[0, 3]").with("reduction", "sum"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "sum"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean"),
            Case.of("[N, 3]", "[N, 3]").with("reduction", "mean_all"),
            Case.of("[]", "[]"),
            Case.of("[4]", "[4]"))
        .map(c -> c.sampling(1, Sampler.uniform(0, 1)))
        .toList();
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[N, 3]", "[N, 1]"),
        Case.of("[4]", "[4, 1]"),
        Case.of("[4, 3]", "[3]"),
        Case.of("[2]", "[2]").with("reduction", "average"));
  }

  /** {@code σ(z) − t} (002; 004). */
  @Test
  void valuesAndGradientsAreThoseOfTheFormula() {
    Losses.assertFormula(
        BinaryCrossEntropyWithLogits::of,
        (z, t) -> -t * Math.log(1 / (1 + Math.exp(-z))) - (1 - t) * Math.log(1 / (1 + Math.exp(z))),
        (z, t) -> 1 / (1 + Math.exp(-z)) - t,
        (z, t) -> -z,
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1}));
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
  void theUsualReductionIsMeanAll() {
    Losses.assertSame(
        BinaryCrossEntropyWithLogits::of,
        (a, t) -> BinaryCrossEntropyWithLogits.of(a, t, LossReduction.MEAN_ALL),
        Tensor.matrix(new double[] {0.5, -2, 3}, new double[] {1.25, 0, -4}),
        Tensor.matrix(new double[] {1, 0, 0.25}, new double[] {0.5, 0, 1}));
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
