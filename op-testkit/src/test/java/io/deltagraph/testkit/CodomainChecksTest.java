package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Codomain;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A codomain that does not hold is found, and one that holds is not. */
class CodomainChecksTest {

  /** {@code x} or {@code x²}, said to be never negative. */
  private record Said(boolean squared) implements Pointwise<NoAttributes> {
    @Override
    public OpId id() {
      return OpId.of("said");
    }

    @Override
    public OpSignature signature() {
      return OpSignature.of("x");
    }

    @Override
    public Lane forward(NoAttributes none, Lanes x) {
      return squared ? x.get(0).times(x.get(0)) : x.get(0);
    }

    @Override
    public Codomain codomain(NoAttributes none, int rank) {
      return Codomain.NON_NEGATIVE;
    }
  }

  private static String found(boolean squared) {
    Subject subject = Launch.subject(new Said(squared), List.of(Case.of("[3, 4]")));
    return Launch.message(
        () -> new CodomainChecks(subject, List.of(Trial.of(subject, Case.of("[3, 4]")))).held());
  }

  @Test
  void whatAnOpSaysIsHeldAgainstItsNumbers() {
    assertThat(found(true)).isEmpty();
    assertThat(found(false)).contains("its codomain is NON_NEGATIVE, but it gives -");
  }

  @ParameterizedTest
  @CsvSource({
    "REALS, -3, 8, true",
    "NON_NEGATIVE, 0, 8, true",
    "NON_NEGATIVE, -1e-9, 8, false",
    "NON_POSITIVE, -8, 0, true",
    "NON_POSITIVE, -8, 1e-9, false",
    "EVENT_PROBABILITIES, 1, 1, true",
    "EVENT_PROBABILITIES, 0.5, 1.01, false",
    "EVENT_PROBABILITIES, -0.01, 1, false",
    "CLASS_PROBABILITIES, 0.25, 0.75, true",
    "CLASS_PROBABILITIES, 0.25, 0.5, false",
    "CLASS_LOG_PROBABILITIES, -0.6931471805599453, -0.6931471805599453, true",
    "CLASS_LOG_PROBABILITIES, -1, -1, false"
  })
  void everyStatementHasItsMisfits(Codomain stated, double first, double second, boolean fits) {
    assertThat(CodomainChecks.misfit(stated, Tensor.vector(first, second)).isEmpty())
        .isEqualTo(fits);
  }
}
