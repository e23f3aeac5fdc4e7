package io.deltagraph.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Value;
import io.deltagraph.print.Printer;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How losses are written; a printed loss states its reduction. */
class NotationTest {
  private static final OpRegistry OPS = OpRegistry.load();

  private final GraphBuilder builder = new GraphBuilder(OPS);
  private final Value a = builder.input("a", new TensorType(DType.F64, Shape.batch("N", 3)));
  private final Value t = builder.input("t", new TensorType(DType.F64, Shape.batch("N", 3)));
  private final Value c = builder.input("c", new TensorType(DType.I32, Shape.batch("N")));

  @Test
  void everyLossStatesItsReduction() {
    int count = 0;
    for (OpRegistry.Entry entry : OPS.entries().values()) {
      Op<?> op = entry.op();
      boolean loss =
          op.getClass().getPackageName().equals("io.deltagraph.losses")
              && op.schema().attributes().stream().anyMatch(x -> x.name().equals("reduction"));
      if (loss) {
        count++;
        boolean sparse = op.signature().input(1).accepts() == OpSignature.Accepts.INTEGER;
        for (LossReduction reduction : LossReduction.values()) {
          assertPrinted(op.id(), sparse ? c : t, sparse ? "c" : "t", reduction);
        }
      }
    }
    assertThat(count).isEqualTo(14);
  }

  private void assertPrinted(OpId id, Value second, String label, LossReduction reduction) {
    Value loss = builder.apply(id, Map.of("reduction", reduction.text()), List.of(a, second));
    Printer printer = Printer.of(List.of(loss));
    assertThat(printer.text()).contains(id + "(a, " + label + ", " + reduction.text() + ")");
    assertThat(printer.latex())
        .contains(
            "\\operatorname{"
                + id.name().replace("_", "\\_")
                + "}_{\\text{"
                + reduction.text().replace("_", "\\_")
                + "}}\\left(a, "
                + label
                + "\\right)");
  }

  @Test
  void theSupremumHasNoReduction() {
    Printer printer = Printer.of(List.of(Supremum.of(a, t)));
    assertThat(printer.text()).contains("max|a - t|");
    assertThat(printer.latex()).contains("\\max\\left|a - t\\right|");
  }

  @Test
  void penaltiesStateTheirFactors() {
    Printer squares = Printer.of(List.of(L2Penalty.of(0.5, 8, List.of(a, t))));
    assertThat(squares.text()).contains("l2_penalty(a, t, lambda=0.5, samples=8)");
    assertThat(squares.latex())
        .contains("\\tfrac{0.5}{2 \\cdot 8}\\left\\lVert a, t\\right\\rVert_2^2");
    Printer sizes = Printer.of(List.of(L1Penalty.of(0.5, 8, List.of(a))));
    assertThat(sizes.text()).contains("l1_penalty(a, lambda=0.5, samples=8)");
    assertThat(sizes.latex()).contains("\\tfrac{0.5}{8}\\left\\lVert a\\right\\rVert_1");
  }
}
