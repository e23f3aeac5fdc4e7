package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a wrong number of inputs is met: by the engine's words, or it is a finding. */
class ArityChecksTest {
  private static final Case ONE = Case.of("[2]");
  private static final OpSignature TWO = ZooOps.floats(2);

  private final Op<?> op = ZooOps.loop("sum", 2, x -> x.get(0).plus(x.get(1)));

  private Optional<RuntimeException> refusal(Op<?> other, Case at) {
    try {
      Trial.apply(GraphBuilder.withoutSites(ZooOps.registry()), other, at, DType.F64);
      return Optional.empty();
    } catch (GraphException e) {
      return Optional.of(e);
    }
  }

  private String said(Optional<RuntimeException> met) {
    return ArityChecks.refusal(op, TWO, ONE, met).orElse("");
  }

  @Test
  void theEnginesRefusalWillDo() {
    assertThat(refusal(op, ONE)).isPresent();
    assertThat(said(refusal(op, ONE))).isEmpty();
    Case three = Case.of("[2]", "[2]", "[2]");
    assertThat(ArityChecks.refusal(op, TWO, three, refusal(op, three))).isEmpty();
  }

  @Test
  void nothingElseWill() {
    assertThat(said(Optional.empty())).isEqualTo("is taken, though the signature is (x, y)");
    assertThat(said(Optional.of(new IndexOutOfBoundsException("Index 1"))))
        .startsWith("is refused by java.lang.IndexOutOfBoundsException: Index 1 instead of");
    assertThat(said(Optional.of(new GraphException.BadGraph("(x, y), got 1"))))
        .contains("instead of for its number of inputs");
  }

  @Test
  void itNamesTheOpWhatItTakesAndWhatItGot() {
    Op<?> other = ZooOps.loop("product", 2, x -> x.get(0).times(x.get(1)));
    assertThat(said(refusal(other, ONE))).startsWith("is refused without a word of [sum]: ");
    Op<?> narrow = ZooOps.loop("sum", 1, x -> x.get(0));
    Case three = Case.of("[2]", "[2]", "[2]");
    assertThat(said(refusal(narrow, three)))
        .startsWith("is refused without a word of [(x, y), got 1]: ");
  }

  /** Also where no case is known, numbers of inputs are tried. */
  @Test
  void everyNumberIsTried() {
    Subject subject = Launch.subject(op, ImmutableList.of());
    assertThat(Launch.message(() -> new ArityChecks(subject, List.of()).counts())).isEmpty();
    Subject restless = Launch.subject(new WrongCounts.Restless().op(), ImmutableList.of());
    assertThat(Launch.message(() -> new ArityChecks(restless, List.of()).counts()))
        .contains("(f64[], f64[]): is taken, though the signature is (x)");
  }
}
