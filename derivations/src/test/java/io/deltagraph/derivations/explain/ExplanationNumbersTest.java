package io.deltagraph.derivations.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written has the numbers of the graph and of its own gradients. */
class ExplanationNumbersTest {
  private static final int NETS = 340;
  private static final double EXACT = 1e-6; // the slopes are differences

  private final OpRegistry ops = OpRegistry.load();

  private static double difference(Tensor written, Tensor right) {
    assertThat(written.type().shape()).isEqualTo(right.type().shape());
    double most = 0;
    for (int i = 0; i < right.length(); i++) {
      double a = written.get(i);
      double b = right.get(i);
      double error = Math.abs(a - b) / (1 + Math.abs(b));
      most = Math.max(most, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error);
    }
    return most;
  }

  @Test
  void everyLineOfEveryNetIsRight() {
    int lines = 0;
    for (int seed = 0; seed < NETS; seed++) {
      GeneratedNet net = GeneratedNet.of(ops, seed);
      TextbookDerivation explanation = TextbookDerivation.of(net.network());
      Map<Name, Tensor> truth = net.truth(explanation);
      PlainNumbers numbers = new PlainNumbers(net.network().inputs().builder(), truth);
      for (Line line : explanation.lines()) {
        String replay = "seed " + seed + ": " + DerivationWriter.UNICODE.write(line.equation());
        Tensor written;
        try {
          written = numbers.of(line.equation().expression());
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(replay + ": " + e + "\n" + explanation.text(false), e);
        }
        assertThat(difference(written, truth.get(line.equation().name())))
            .as(replay + "\n" + explanation.text(false))
            .isLessThan(EXACT);
        lines++;
      }
    }
    assertThat(lines).isGreaterThan(10 * NETS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9})
  void aMistakeInALineIsNoticed(int seed) {
    GeneratedNet net = GeneratedNet.of(ops, seed);
    TextbookDerivation explanation = TextbookDerivation.of(net.network());
    Map<Name, Tensor> truth = net.truth(explanation);
    PlainNumbers numbers = new PlainNumbers(net.network().inputs().builder(), truth);
    Line line = explanation.lines().getLast();
    Expression twice =
        new Binary(Operator.PLUS, line.equation().expression(), line.equation().expression());
    assertThat(difference(numbers.of(twice), truth.get(line.equation().name())))
        .isGreaterThan(EXACT);
  }
}
