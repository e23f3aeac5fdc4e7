package io.deltagraph.derivations.marking;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A fault of the engine is not blamed on a right line. */
class AuditTest {
  private static final String NET = "3 4:tanh 2:identity half_squared_error mean";
  private static final String RIGHT =
      """
      δ2 = (A2 − T) / n
      dW2 = δ2ᵀ A1
      δ1 = (δ2 W2) ⊙ (1 − A1²)
      dW1 = δ1ᵀ X
      db1 = Σ(δ1, 0)
      """;

  /** A hyperbolic tangent whose rule forgets to square. */
  private record WrongTanh() implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("tanh");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return x.get(0).tanh();
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      Value y = at.output();
      return at.flow(at.gradient().times(y.oneMinus()));
    }

    @Override
    public Notation notation() {
      return Notation.function("tanh", "\\tanh");
    }
  }

  private static Marking marked(String text) {
    Marker marker = Nets.marker(Nets.plan(NET), Nets.OPS.replacing("tanh", new WrongTanh()));
    return marker.mark(Nets.reader().read(text));
  }

  @Test
  void aWrongRuleOfAnOpIsNotBlamedOnTheLine() {
    Marking marking = marked(RIGHT);
    assertThat(Nets.said(marking))
        .containsExactly(
            "delta2 right",
            "dW2 right",
            "delta1 inconclusive",
            "dW1 inconclusive",
            "db1 inconclusive");
    assertThat(marking.lines().get(2).remark())
        .contains("engine's own gradient is in doubt", "central differences deny it");
    assertThat(marking.verdict()).isEqualTo(Marking.Verdict.INCONCLUSIVE);
  }

  @Test
  void aLineThatAgreesWithAWrongRuleIsNotPraised() {
    assertThat(Nets.said(marked("δ1 = (δ2 W2) ⊙ (1 − A1)"))).containsExactly("delta1 inconclusive");
  }

  @Test
  void whereTheRulesAreRightLinesAreJudged() {
    assertThat(Nets.said(Nets.mark(NET, RIGHT))).allMatch(line -> line.endsWith(" right"));
    assertThat(Nets.said(Nets.mark(NET, "δ1 = (δ2 W2) ⊙ (1 − A1)")).getFirst())
        .startsWith("delta1 wrong");
  }

  /** A closed form that differences deny is wrong itself; one that they confirm is believed. */
  @Test
  void closedFormsAreComparedToo() {
    Marker marker = Nets.marker(Nets.plan(NET));
    Marker misled =
        marker.withClosedForms(point -> Map.of("layer2.bias", Tensor.vector(new double[] {1, 2})));
    assertThat(Nets.said(misled.mark(Nets.reader().read(RIGHT))))
        .allMatch(line -> line.endsWith(" right"));
  }
}
