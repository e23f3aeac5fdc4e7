package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.testkit.Case;
import io.deltagraph.testkit.OpContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class L1PenaltyTest implements OpContract {
  @Override
  public Op<?> op() {
    return new L1Penalty();
  }

  @Override
  public List<Case> cases() {
    return List.of(
        Case.of("[2, 3]"),
        Case.of("[]"),
        Case.of("[N, 3]"),
        Case.of("[0, 3]"),
        Case.of("[2, 3]", "[1, 2]"),
        Case.of("[2, 3]", "[4]", "[3, 1]"),
        Case.of("[2, 3]", "[3]").with("lambda", 0.3).with("samples", 7.0));
  }

  @Override
  public List<Case> refusals() {
    return List.of(Case.of("[2]").with("lambda", -1.0), Case.of("[2]").with("samples", 0.0));
  }

  private static final Tensor FIRST = Tensor.matrix(new double[] {1, -2}, new double[] {0, 3});
  private static final Tensor SECOND = Tensor.matrix(new double[] {-4, 0.5});

  @Test
  void valueAndGradientsAreThoseOfTheFormula() {
    Losses.Loss penalty = (v, w) -> L1Penalty.of(0.3, 8, List.of(v, w));
    assertEquals(0.3 / 8 * (1 + 2 + 0 + 3 + 4 + 0.5), Losses.value(penalty, FIRST, SECOND), 1e-15);
    List<Tensor> gradients = Losses.gradients(penalty, FIRST, SECOND);
    assertArrayEquals(
        new double[] {0.3 / 8, -0.3 / 8, 0, 0.3 / 8}, gradients.get(0).toDoubles(), 1e-16);
    assertArrayEquals(new double[] {-0.3 / 8, 0.3 / 8}, gradients.get(1).toDoubles(), 1e-16);
  }

  @Test
  void theNumberOfSamplesMayBeThatOfTheBatch() {
    Losses.assertSame(
        (v, w) -> L1Penalty.of(0.3, v.elementCount(List.of(0)), List.of(w)),
        (v, w) -> L1Penalty.of(0.3, 2, List.of(w)),
        FIRST,
        SECOND);
  }

  @Test
  void aWeightGivenTwiceCountsTwice() {
    assertArrayEquals(
        new double[] {-0.6 / 4, 0.6 / 4},
        Losses.gradients((v, w) -> L1Penalty.of(0.3, 4, List.of(w, w)), FIRST, SECOND)
            .get(1)
            .toDoubles(),
        1e-16);
  }

  @Test
  void withoutWeightsThereIsNoPenalty() {
    assertThatThrownBy(() -> L1Penalty.of(1, 1, List.of()))
        .isInstanceOf(GraphException.BadGraph.class)
        .hasMessageContaining("'l1_penalty' takes the weights of a model, got none");
  }
}
