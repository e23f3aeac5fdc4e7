package io.deltagraph.ops;

import static io.deltagraph.testkit.Calculation.elements;
import static io.deltagraph.testkit.Calculation.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.graph.Op;
import io.deltagraph.testkit.OpContract;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumTest implements OpContract {
  @Override
  public Op<?> op() {
    return new Sum();
  }

  @Test
  void addsManyNumbersWithoutLosingDigits() {
    double[] tenths = new double[1_000_000];
    Arrays.fill(tenths, 0.1);
    assertThat(elements(x -> Sum.of(x, List.of(), false), tenths))
        .containsExactly(new double[] {100_000}, within(1e-7));
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertThat(refusal(x -> Sum.of(x[0], List.of(2), false), "f64[2, 3]"))
        .isEqualTo("sum cannot take f64[2, 3]: there is no axis 2 in [2, 3].");
  }

  @Test
  void refusesAnAxisGivenTwice() {
    assertThat(refusal(x -> Sum.of(x[0], List.of(1, -1), false), "f64[2, 3]"))
        .isEqualTo("sum cannot take f64[2, 3]: an axis is given twice in [1, -1].");
  }
}
