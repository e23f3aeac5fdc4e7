package io.deltagraph.activations;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeluTest implements OpContract {
  /** x, the value and the slope, to 60 digits and rounded once. */
  private static final double[][] TABLE = {
    {-20, -5.507248237212468E-88, -1.1014360483133464E-86},
    {-5, -1.4332578593959695E-06, -7.146946001792295E-06},
    {-1.5, -0.1002108019032871, -0.12746919222997952},
    {-0.25, -0.10032341857926907, 0.30462664511636395},
    {0, 0, 0.5},
    {0.25, 0.14967658142073093, 0.695373354883636},
    {1.5, 1.399789198096713, 1.1274691922299795},
    {5, 4.999998566742141, 1.000007146946002},
    {20, 20, 1}
  };

  @Override
  public Op<?> op() {
    return new Gelu();
  }

  @Override
  public List<Case> cases() {
    return Applied.with(
        OpContract.super.cases(),
        Case.of("[N, 3]").with("approximate", "tanh"),
        Case.of("[]").with("approximate", "tanh"));
  }

  @Test
  void valuesAndSlopesAreThoseOfSixtyDigits() {
    Applied.assertTable(Gelu::of, TABLE, 1, 1);
  }

  @Test
  void extremeInputsGiveTheLimits() {
    assertArrayEquals(
        new double[] {-0.0, -0.0, 1000, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            Gelu::of, Double.NEGATIVE_INFINITY, -1e3, 1e3, Double.POSITIVE_INFINITY, Double.NaN));
    assertArrayEquals(new double[] {0, 1}, Applied.slopes(Gelu::of, -1e3, 1e3));
  }

  @Test
  void theApproximationIsItsOwnFunction() {
    double[][] table = {
      {-5, -2.291796196629506E-07, -1.5463619875325946E-06},
      {-1.5, -0.10042842301976708, -0.12771079315143308},
      {-0.25, -0.100324649298315, 0.30464590484893955},
      {0, 0, 0.5},
      {0.25, 0.149675350701685, 0.6953540951510604},
      {1.5, 1.3995715769802328, 1.1277107931514332},
      {5, 4.999999770820381, 1.0000015463619876}
    };
    Applied.assertTable(Gelu::approximate, table, 1, 1);
  }

  @Test
  void theApproximationIsWithinAThousandth() {
    double[] x = {-3, -1, -0.5, 0, 0.5, 1, 3};
    assertArrayEquals(Applied.values(Gelu::of, x), Applied.values(Gelu::approximate, x), 1e-3);
  }

  @Test
  void theApproximationHasTheSameLimits() {
    assertArrayEquals(
        new double[] {-0.0, -0.0, 1e3, Double.POSITIVE_INFINITY, Double.NaN},
        Applied.values(
            Gelu::approximate,
            Double.NEGATIVE_INFINITY,
            -1e3,
            1e3,
            Double.POSITIVE_INFINITY,
            Double.NaN));
    assertArrayEquals(new double[] {0, 1}, Applied.slopes(Gelu::approximate, -1e3, 1e3));
  }

  @Test
  void anotherFormIsRefused() {
    assertThatThrownBy(() -> Applied.values(x -> x.op("gelu", Map.of("approximate", "erf")), 1))
        .isInstanceOf(GraphException.BadAttribute.class)
        .hasMessageContaining("'approximate' is one of none, tanh, got 'erf'");
  }
}
