package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.runtime.Evaluate;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clipping and decay of weights. */
class TransformsTest {

  /** What becomes of the gradients of two vectors w and b whose values are 10 everywhere. */
  private static List<Tensor> transformed(
      GradientTransform transform, DType first, double[] w, double[] b) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    GraphParameter left = builder.parameter("w", TensorType.of(first, 1, w.length));
    GraphParameter right = builder.parameter("b", TensorType.of(DType.F64, b.length));
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    gradients.put(left, builder.input("gw", left.type()));
    gradients.put(right, builder.input("gb", right.type()));
    return Evaluate.values(
        List.copyOf(transform.apply(gradients).values()),
        Map.of(
            "w", Tensor.filled(left.type(), 10),
            "b", Tensor.filled(right.type(), 10),
            "gw", Tensor.of(left.type(), w),
            "gb", Tensor.of(right.type(), b)));
  }

  @Test
  void clipsByValueBothWays() {
    List<Tensor> clipped =
        transformed(
            Clipping.byValue(2),
            DType.F64,
            new double[] {-3, -2, -1.5, -0.0},
            new double[] {0, 2, Math.nextUp(2), 1e300, Double.POSITIVE_INFINITY});
    assertThat(clipped.get(0).toDoubles()).containsExactly(-2, -2, -1.5, -0.0);
    assertThat(clipped.get(1).toDoubles()).containsExactly(0, 2, 2, 2, 2);
  }

  @Test
  void clipsByTheNormOfAllParameters() {
    // The norm of (1, 2, 4, 10) is 11.
    List<Tensor> clipped =
        transformed(
            Clipping.byGlobalNorm(5.5), DType.F64, new double[] {1, -2}, new double[] {4, 10});
    double factor = 5.5 / (11 + 1e-6);
    assertThat(clipped.get(0).toDoubles())
        .containsExactly(new double[] {factor, -2 * factor}, within(1e-15));
    assertThat(clipped.get(1).toDoubles())
        .containsExactly(new double[] {4 * factor, 10 * factor}, within(1e-14));
    assertThat(clipped.get(0).get(0)).as("without 1e-6").isNotCloseTo(0.5, within(1e-9));
  }

  @Test
  void leavesShortAndZeroGradientsBitForBit() {
    double[] w = {1, -2.3};
    double[] b = {0.1, -0.0};
    List<Tensor> same = transformed(Clipping.byGlobalNorm(3), DType.F64, w, b);
    assertThat(same.get(0).toDoubles()).containsExactly(w);
    assertThat(same.get(1).toDoubles()).containsExactly(b);
    List<Tensor> zero =
        transformed(Clipping.byGlobalNorm(3), DType.F64, new double[2], new double[2]);
    assertThat(zero.get(0).toDoubles()).containsExactly(0, 0);
    assertThat(zero.get(1).toDoubles()).containsExactly(0, 0);
  }

  @Test
  void shortensByTheGuardExactlyAtTheBound() {
    List<Tensor> clipped =
        transformed(Clipping.byGlobalNorm(5), DType.F64, new double[] {3}, new double[] {4});
    assertThat(clipped.get(0).item()).isLessThan(3).isCloseTo(3 * (1 - 2e-7), within(1e-12));
    assertThat(clipped.get(1).item()).isLessThan(4).isCloseTo(4 * (1 - 2e-7), within(1e-12));
  }

  @Test
  void takesTheNormInF64() {
    // The square of 1e30 is beyond f32.
    List<Tensor> clipped =
        transformed(
            Clipping.byGlobalNorm(1), DType.F32, new double[] {1e30, 0}, new double[] {0, 1});
    assertThat(clipped.get(0).type().dtype()).isEqualTo(DType.F32);
    assertThat(clipped.get(0).get(0)).isCloseTo(1, within(1e-6));
  }

  @Test
  void decaysTheWeightsThatItIsToldTo() {
    GradientTransform all = WeightDecay.of(0.5);
    assertThat(transformed(all, DType.F64, new double[] {1}, new double[] {2}).get(1).item())
        .isEqualTo(7);
    GradientTransform matrices = WeightDecay.of(0.5, p -> p.type().rank() > 1);
    List<Tensor> some = transformed(matrices, DType.F64, new double[] {1}, new double[] {2});
    assertThat(some.get(0).item()).isEqualTo(6);
    assertThat(some.get(1).item()).isEqualTo(2);
  }

  @Test
  void theOuterTransformComesFirst() {
    Optimizer clippedFirst =
        Clipping.byValue(0.5).before(WeightDecay.of(1).before(new GradientDescent(0.1)));
    double[] expected =
        Problem.VALLEYS
            .path(() ->
                (w, g, t) -> {
                  for (int i = 0; i < w.length; i++) {
                    w[i] -= 0.1 * (Math.clamp(g[i], -0.5, 0.5) + w[i]);
                  }
                })
            .getLast();
    assertThat(Problem.VALLEYS.path(clippedFirst, DType.F64).getLast())
        .containsExactly(expected, within(1e-13));
    Optimizer decayedFirst =
        WeightDecay.of(1).before(Clipping.byValue(0.5).before(new GradientDescent(0.1)));
    assertThat(Problem.VALLEYS.path(decayedFirst, DType.F64).getLast()).isNotEqualTo(expected);
    assertThat(clippedFirst.name()).isEqualTo("gradient_descent");
  }

  @Test
  void refusesLimitsThatAreNone() {
    assertThatThrownBy(() -> Clipping.byValue(0)).hasMessageContaining("option limit");
    assertThatThrownBy(() -> Clipping.byGlobalNorm(-1)).hasMessageContaining("option limit");
    assertThatThrownBy(() -> WeightDecay.of(-1)).hasMessageContaining("option weightDecay");
  }
}
