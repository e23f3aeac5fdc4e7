package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the two steps have in common: a value at 0 of the caller's choice, and no slope. */
class StepsTest {
  /** A step with its usual value at 0, with ½ there, its value below 0, and its name. */
  @SuppressWarnings("ImmutableEnumChecker") // functions without state
  enum Step {
    HEAVISIDE(Heaviside::of, x -> Heaviside.of(x, 0.5), 0, "heaviside"),
    SIGN(Sign::of, x -> Sign.of(x, 0.5), -1, "sign");

    private final UnaryOperator<Value> usual;
    private final UnaryOperator<Value> halfAtZero;
    private final double below;
    private final String op;

    Step(UnaryOperator<Value> usual, UnaryOperator<Value> halfAtZero, double below, String op) {
      this.usual = usual;
      this.halfAtZero = halfAtZero;
      this.below = below;
      this.op = op;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theValueAtZeroIsOneUnlessAnotherIsGiven(Step step) {
    assertArrayEquals(new double[] {1, 1}, Calculation.elements(step.usual, 0.0, -0.0));
    assertArrayEquals(new double[] {0.5}, Calculation.elements(step.halfAtZero, 0.0));
    assertArrayEquals(
        new double[] {step.below, 1},
        Calculation.elements(step.halfAtZero, -Double.MIN_VALUE, Double.MIN_VALUE));
  }

  @ParameterizedTest
  @EnumSource
  void theGradientIsReportedAsZeroWithTheReason(Step step) {
    assertThat(Calculation.flat(x -> step.usual.apply(x[0]), Tensor.scalar(1)))
        .containsExactly(
            step.op + ": a step has the slope 0 on both sides; its derivative at 0 is an impulse");
  }
}
