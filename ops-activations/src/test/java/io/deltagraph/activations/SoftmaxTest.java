package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Calculation;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.Extremes;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoftmaxTest implements OpContract {
  private static final double[] LOGITS = {0.8, -2, 1.4};

  /** To 60 digits and rounded once; 004 prints 0.34, 0.21 (a slip for 0.021) and 0.63. */
  private static final double[] PROBABILITIES = {
    0.34686946765447985, 0.021093154050844935, 0.6320373782946752
  };

  private static final double[] HALF_TEMPERATURE = {
    0.23127725154488718, 0.0008552317569357342, 0.7678675166981771
  };

  @Override
  public Op<?> op() {
    return new Softmax();
  }

  @Override
  public Extremes extremes() {
    return Extremes.exact()
        .gradientWithin(4, "g − Σ g ⊙ y cancels where y is next to 1")
        .finiteInputs("x − max is ∞ − ∞");
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[3]"),
        Case.of("[N, 3]"),
        Case.of("[2, 3, 4]"),
        Case.of("[1, 1]"),
        Case.of("[0, 3]"),
        Case.of("[2, 0]"),
        Case.of("[3, 2]").with("axis", 0),
        Case.of("[2, 3, 2]").with("axis", -2),
        Case.of("[N, 3]").with("temperature", 0.5),
        Case.of("[3, 2]").with("axis", 0).with("temperature", 3.0));
  }

  @Override
  public List<Case> refusals() {
    return List.of(
        Case.of("[]"),
        Case.of("[2, 3]").with("axis", 2),
        Case.of("[2, 3]").with("temperature", 0.0),
        Case.of("[2, 3]").with("temperature", Double.POSITIVE_INFINITY));
  }

  @Test
  void valuesAreThoseOfSixtyDigits() {
    assertArrayEquals(PROBABILITIES, Calculation.elements(x -> Softmax.of(x, -1), LOGITS), 1e-16);
    assertArrayEquals(
        HALF_TEMPERATURE, Calculation.elements(x -> Softmax.of(x, -1, 0.5), LOGITS), 1e-16);
  }

  /** {@code c (diag(s) − s sᵀ)} with c = 1 / temperature. */
  @Test
  void theJacobianIsThatOfTheNotes() {
    for (int row = 0; row < 3; row++) {
      int one = row;
      Tensor seed = Tensor.generate(Tensor.vector(LOGITS).type(), i -> i == one ? 1 : 0);
      double[] cold =
          Calculation.gradients(x -> Softmax.of(x[0], 0, 0.5), seed, Tensor.vector(LOGITS))
              .get(0)
              .toDoubles();
      for (int j = 0; j < 3; j++) {
        double s = HALF_TEMPERATURE[row];
        double expected = 2 * s * ((row == j ? 1 : 0) - HALF_TEMPERATURE[j]);
        assertEquals(expected, cold[j], 1e-15);
      }
    }
  }

  @Test
  void rowsAndColumnsAreToldApart() {
    Tensor x = Tensor.matrix(new double[] {0, Math.log(3)}, new double[] {Math.log(4), 0});
    assertArrayEquals(
        new double[] {0.25, 0.75, 0.8, 0.2},
        Calculation.elements(v -> Softmax.of(v[0], 1), x),
        1e-15);
    assertArrayEquals(
        new double[] {0.2, 0.75, 0.8, 0.25},
        Calculation.elements(v -> Softmax.of(v[0], 0), x),
        1e-15);
  }

  @Test
  void hugeLogitsDoNotOverflow() {
    assertArrayEquals(new double[] {1, 0}, Calculation.elements(x -> Softmax.of(x, 0), 1e3, -1e3));
    assertArrayEquals(
        PROBABILITIES,
        Calculation.elements(x -> Softmax.of(x, 0), 1024 + 0.8, 1024 - 2, 1024 + 1.4),
        1e-12);
    assertArrayEquals(
        new double[] {0.5, 0, 0.5},
        Calculation.elements(x -> Softmax.of(x, 0), 7, Double.NEGATIVE_INFINITY, 7));
  }

  @Test
  void infinityAndNaNAreNotHidden() {
    double nan = Double.NaN;
    assertArrayEquals(
        new double[] {nan, nan},
        Calculation.elements(x -> Softmax.of(x, 0), Double.POSITIVE_INFINITY, 0));
    assertArrayEquals(new double[] {nan, nan}, Calculation.elements(x -> Softmax.of(x, 0), nan, 0));
  }

  /** 003 eq. 14, and its exception: ties share. */
  @Test
  void aLowTemperatureChoosesTheLargestAndTiesShare() {
    assertArrayEquals(
        new double[] {0, 1, 0}, Calculation.elements(x -> Softmax.of(x, 0, 1e-4), 1, 2, 1.9));
    assertArrayEquals(
        new double[] {0.5, 0.5, 0}, Calculation.elements(x -> Softmax.of(x, 0, 1e-4), 2, 2, 1.9));
  }

  @Test
  void aTemperatureOfZeroIsRefused() {
    assertThatThrownBy(() -> Calculation.elements(x -> Softmax.of(x, 0, 0), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'temperature' is a finite number above 0, got 0.0");
  }
}
