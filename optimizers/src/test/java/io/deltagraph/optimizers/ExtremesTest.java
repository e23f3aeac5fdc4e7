package io.deltagraph.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients and parameters whose squares leave the range; the triangle is 3, 4, 5. */
class ExtremesTest {

  /** By how much one step changes two parameters of 0 with a gradient of one number each. */
  private static double[] step(Optimizer optimizer, DType dtype, double first, double second) {
    GraphBuilder builder = new GraphBuilder(OpRegistry.load());
    Map<GraphParameter, Value> gradients = new LinkedHashMap<>();
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    double[] numbers = {first, second};
    for (int i = 0; i < numbers.length; i++) {
      GraphParameter parameter = builder.parameter("w" + i, TensorType.of(dtype, 1));
      gradients.put(parameter, parameter.constant(numbers[i]).broadcastTo(parameter.shape()));
      feeds.put("w" + i, Tensor.zeros(parameter.type()));
    }
    OptimizerStep step = optimizer.step(gradients);
    step.initialState().forEach((state, tensor) -> feeds.put(state.label(), tensor));
    return gradients.keySet().stream()
        .mapToDouble(p -> Evaluate.value(step.updates().get(p), feeds).item())
        .toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 1e160",
    "F64, 1e-3",
    "F64, 3e307",
    "F32, 1e19",
    "F32, 1e30",
    "F32, 6e37",
  })
  void clippingByTheNormKeepsTheDirectionOfLargeGradients(DType dtype, double unit) {
    double limit = unit / 1000;
    Optimizer clipped = Clipping.byGlobalNorm(limit).before(new GradientDescent(1));
    double[] step = step(clipped, dtype, 3 * unit, 4 * unit);
    double guard = 5 * unit / (5 * unit + 1e-6);
    double digits = 16 * dtype.epsilon() * limit;
    assertThat(step)
        .containsExactly(new double[] {-0.6 * limit * guard, -0.8 * limit * guard}, within(digits));
  }

  @Test
  void aClipToOneMakesAStepOfOne() {
    Optimizer clipped = Clipping.byGlobalNorm(1).before(new GradientDescent(1));
    assertThat(step(clipped, DType.F64, 3e160, 4e160))
        .containsExactly(new double[] {-0.6, -0.8}, within(1e-15));
    assertThat(step(clipped, DType.F64, 3e-163, 4e-163)).containsExactly(-3e-163, -4e-163);
  }

  @ParameterizedTest
  @CsvSource({"F32, 1e-23", "F32, 1e19", "F32, 1e30", "F64, 1e-163", "F64, 1e160"})
  void projectionOntoABallKeepsTheDirection(DType dtype, double unit) {
    Value w = new GraphBuilder(OpRegistry.load()).input("w", TensorType.of(dtype, 2));
    Tensor outside = Tensor.of(w.type(), 3 * unit, 4 * unit);
    Value projected = Projection.ontoL2Ball(unit).of(w);
    double[] actual = Evaluate.value(projected, Map.of("w", outside)).toDoubles();
    assertThat(actual)
        .containsExactly(
            new double[] {0.6 * unit, 0.8 * unit}, within(64 * dtype.epsilon() * unit));
  }

  static Stream<UpdateRule> rulesOfSquares() {
    return Stream.of(
        new Adam(0.5),
        new AdamW(0.5),
        new AmsGrad(0.5),
        new RmsProp(0.5),
        new Adagrad(0.5),
        new Adadelta(0.5));
  }

  @ParameterizedTest
  @MethodSource("rulesOfSquares")
  void aRuleOfSquaresStandsStillBeyondItsBound(UpdateRule rule) {
    double[] step = step(rule, DType.F32, 1.7e19, 2e19);
    assertThat(step[0]).isLessThan(-1e-4);
    assertThat(step[1]).isZero();
    double[] wide = step(rule, DType.F64, 1.3e154, 1.4e154);
    assertThat(wide[0]).isLessThan(-1e-4);
    assertThat(wide[1]).isZero();
    double[] clipped = step(Clipping.byGlobalNorm(1).before(rule), DType.F32, 3e37, 4e37);
    assertThat(clipped[0]).isLessThan(-1e-4);
  }

  @Test
  void adamaxTakesSizesInsteadOfSquares() {
    double[] step = step(new Adamax(0.5), DType.F32, 1e38, -1e-30);
    assertThat(step[0]).isCloseTo(-0.5, within(1e-6));
  }
}
