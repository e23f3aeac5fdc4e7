package io.deltagraph.derivations.marking;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Value;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Derivations in the style of several schools, right ones and wrong ones. */
class MarkerTest {
  private static List<String> differences(List<Cases> cases) {
    List<String> found = new ArrayList<>();
    cases.forEach(one -> found.addAll(one.differences()));
    return found;
  }

  @Test
  void noRightDerivationIsRefused() {
    List<Cases> cases = Cases.of("right.txt");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
    assertThat(differences(cases)).isEmpty();
  }

  @Test
  void everyMistakeIsFoundAndItsCauseNamed() {
    List<Cases> cases = Cases.of("wrong.txt");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(80);
    assertThat(differences(cases)).isEmpty();
  }

  @Test
  void conventionsAreSaid() {
    String net = "3 4:tanh 2:softmax softmax_cross_entropy mean";
    assertThat(Nets.mark(net, "dW2 = (A2 − T)ᵀ A1 / n").conventions())
        .containsExactly("weights out x in", "samples as rows", "mean over samples");
    assertThat(Nets.mark(net, "Z1 = W1ᵀ X + b1\nδ2 = A2 − T").conventions())
        .containsExactly("weights in x out", "samples as columns", "sum over samples");
    assertThat(
            Nets.mark(net, "δ2 = A2 − T\ndW2 = δ2.T * A1 / n\nδ1 = δ2 @ W2 * (1 − A1^2)")
                .conventions())
        .containsExactly(
            "weights out x in",
            "samples as rows",
            "mean over samples",
            "deltas per sample",
            "* is the matrix product",
            "* is entry by entry");
  }

  @Test
  void whatTheFileLeavesOutIsListed() {
    Marking marking =
        Nets.mark(
            "3 4:prelu 2:identity half_squared_error mean", "dW2 = (A2 − T)ᵀ A1 / n\ndb1 = (");
    assertThat(marking.missing()).containsExactly("dW1", "dalpha1", "db2");
    assertThat(marking.verdict()).isEqualTo(Marking.Verdict.INCONCLUSIVE);
  }

  @Test
  void aStarThatMayBeEitherIsAnError() {
    Marking marking =
        Nets.mark("3 4:tanh 4:tanh 4:identity half_squared_error mean", "E = W2 * W3");
    assertThat(Nets.said(marking).getFirst()).contains("'@'", "'⊙'");
  }

  @Test
  void nothingIsToldWhereBothSidesAreZero() {
    String net = "3 4:heaviside 2:identity half_squared_error mean";
    Marking marking = Nets.mark(net, "dW1 = 0 W1");
    assertThat(Nets.said(marking)).containsExactly("dW1 inconclusive");
    assertThat(marking.lines().getFirst().remark()).contains("other weights");
  }

  @Test
  void theSameNodeIsIdentical() {
    String net = "3 4:tanh 2:softmax softmax_cross_entropy mean";
    assertThat(Nets.mark(net, "Z1 = X W1ᵀ + b1").lines().getFirst().identical()).isTrue();
    assertThat(Nets.mark(net, "Z1 = b1 + X W1ᵀ").lines().getFirst().identical()).isFalse();
  }

  @Test
  void aWrongLineIsNotRightByAccidentOfEqualSizes() {
    String net = "3 3:tanh 3:softmax softmax_cross_entropy mean";
    assertThat(Nets.said(Nets.mark(net, "C = −Σ(T ⊙ ln(A2)) / n\nδ2 = (A2 − T) / 7")))
        .containsExactly("C right", "delta2 wrong");
    assertThat(Nets.said(Nets.mark(net, "Z1 = X W1ᵀ + b1\nδ1 = (δ2 W2ᵀ) ⊙ (1 − A1²)")))
        .containsExactly("Z1 right", "delta1 wrong transposed");
  }

  /** Zeros and ones are their own squares, and a target that is always ½ is no number of a line. */
  @Test
  void symmetricDataMakesNoWrongLineRight() {
    NetworkPlan plan = Nets.plan("3 4:tanh 2:identity half_squared_error mean");
    Tensor inputs =
        Tensor.generate(TensorType.of(DType.F64, 60, 3), i -> (i / 3) % 2); // equal columns
    Tensor targets = Tensor.generate(TensorType.of(DType.F64, 60, 2), i -> 0.5);
    Marker marker = Marker.of(plan, Nets.OPS, inputs, targets, 0.3, 5, name -> Optional.empty());
    String text =
        """
        C = ½ Σ((A2 − T)²) / n
        dW2 = (A2 − ½)ᵀ A1 / n
        dW1 = δ1ᵀ (X ⊙ X)
        dW1 = 2 δ1ᵀ (X ⊙ X)
        dW1 = δ1ᵀ (X + X[:, 0:1] − X[:, 1:2])
        """;
    Marking marking = marker.mark(Nets.reader().read(text));
    assertThat(marking.lines())
        .extracting(line -> line.verdict().text())
        .containsExactly("right", "wrong", "wrong", "wrong", "wrong");
    assertThat(Nets.said(marking)).doesNotContain("dW1 wrong factor:2");

    // The rows of the data alone would take the lines, and the factor 2 for the last mistake.
    Scene scene = new Scene(plan, Nets.OPS, inputs, targets, 0.3, 5);
    Value x = scene.network().inputs();
    Value delta = scene.gradient(scene.preActivation(1)).transpose();
    Likeness.Pair accidental =
        new Likeness.Pair(delta.matmul(x.times(x)).times(2), delta.matmul(x));
    Likeness likeness = new Likeness(scene);
    assertThat(likeness.near(List.of(accidental)).scaled()).containsExactly(accidental);
    assertThat(likeness.compare(List.of(accidental)).getFirst().scaled()).isGreaterThan(0.01);
  }

  /** A line that is right only if the last value in it is 0. */
  private static String withZero(String zero) {
    return Nets.said(Nets.mark("3 4:tanh 2:identity half_squared_error mean", zero)).getFirst();
  }

  @Test
  void whatExplainWritesOfOpsIsRead() {
    assertThat(withZero("Z1 = X W1ᵀ + b1 + sign(0 Z1)")).isEqualTo("Z1 right");
    assertThat(withZero("Z1 = X W1ᵀ + b1 + sign(0 Z1, value_at_zero=1)")).startsWith("Z1 wrong");
    assertThat(withZero("Z1 = X W1ᵀ + b1 + reshape(W2, shape=[4, 2])[0, 0] − W2[0, 0]"))
        .isEqualTo("Z1 right");
    assertThat(
            withZero(
                "Z1 = X W1ᵀ + b1 + Σ(sort_with_order.order(W2)) − 2 (0 + 1 + 2 + 3)"
                    + " + 0 Σ(sort_with_order.values(W2))"))
        .isEqualTo("Z1 right");
    assertThat(withZero("Z1 = sort_with_order.nothing(W2)")).contains("unread", "[values, order]");
  }
}
