package io.deltagraph.derivations.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.derivations.language.DerivationReader;
import io.deltagraph.derivations.marking.Marker;
import io.deltagraph.derivations.marking.Marking;
import io.deltagraph.graph.OpId;
import io.deltagraph.registry.OpRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is written is marked right, whatever the net. It takes a while: three hundred nets are
 * derived and marked, each on two batches.
 */
class MarkedExplanationTest {
  private static final int NETS = 300;

  private final OpRegistry ops = OpRegistry.load();
  private final DerivationReader reader =
      new DerivationReader(ops.ids().stream().map(OpId::name).collect(Collectors.toSet()));

  private List<Marking.Line> marked(int seed, UnaryOperator<String> change) {
    GeneratedNet net = GeneratedNet.of(ops, seed);
    TextbookDerivation derivation = TextbookDerivation.of(net.network());
    Marker marker =
        Marker.of(
            net.plan(),
            ops,
            Objects.requireNonNull(net.numbers().get("X")),
            Objects.requireNonNull(net.numbers().get("T")),
            0.1,
            seed,
            derivation::line);
    return marker.mark(reader.read(change.apply(derivation.text(false)))).lines();
  }

  @Test
  void everyLineOfEveryNetIsMarkedRight() {
    List<String> wrong = new ArrayList<>();
    int lines = 0;
    int identical = 0;
    for (int seed = 0; seed < NETS; seed++) {
      for (Marking.Line line : marked(seed, text -> text)) {
        lines++;
        identical += line.identical() ? 1 : 0;
        if (line.verdict() != Marking.Verdict.RIGHT) {
          wrong.add("seed %d: %s: %s".formatted(seed, line.source(), line.verdict()));
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(lines).isGreaterThan(10 * NETS);
    assertThat(identical).isGreaterThan(lines / 2);
  }

  /** Behind a step every gradient is 0, and what is made of it is right for any numbers or not. */
  @Test
  void behindAStepAFormulaIsJudgedForAnyNumbers() {
    int seed = 44; // 4 inputs, 3 of a step, 3 outputs
    assertThat(verdicts(seed, text -> text)).containsOnly(Marking.Verdict.RIGHT);
    assertThat(verdicts(seed, text -> text.replace("= δ1ᵀ X", "= δ1ᵀ X / n")))
        .contains(Marking.Verdict.INCONCLUSIVE)
        .doesNotContain(Marking.Verdict.WRONG);
  }

  private List<Marking.Verdict> verdicts(int seed, UnaryOperator<String> change) {
    return marked(seed, change).stream().map(Marking.Line::verdict).toList();
  }
}
