package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.graph.Op;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ops that lose digits are found, unless they say so; ops that say so for nothing are found. */
class ExactChecksTest {
  private static final String EXACT = "extremes agree with exact numbers";

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(WrongDigits.SquaredSlope.class, "the gradient of input 0 is "),
        Arguments.of(WrongDigits.SquaredSlope.class, "if that is meant, extremes() says so"),
        Arguments.of(WrongDigits.LostTail.class, "roundings of the largest cotangent"),
        Arguments.of(WrongDigits.TooTight.class, "the gradient of input 0 is "),
        Arguments.of(WrongDigits.Needless.class, "hold without outputWithin: remove it"),
        Arguments.of(WrongDigits.Needless.class, "hold without gradientWithin: remove it"),
        Arguments.of(WrongDigits.Needless.class, "hold without similarSizes: remove it"),
        Arguments.of(WrongDigits.Needless.class, "hold without finiteInputs: remove it"),
        Arguments.of(WrongDigits.NoLimit.class, "is NaN, exactly 0.00000000, in f32 at x0=[-Inf"),
        Arguments.of(WrongDigits.SquaredTerms.class, "its output is Infinity, exactly "),
        Arguments.of(WrongDigits.RoundedExponent.class, "the gradient of input 1 is "),
        Arguments.of(WrongDigits.PartialProducts.class, "its output is "));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void lostDigitsAreFound(Class<?> contract, String message) {
    assertThat(Launch.failures(contract))
        .hasEntrySatisfying(
            EXACT, text -> assertThat(text).contains(message).contains(contract.getSimpleName()));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WrongDigits.DeclaredTail.class,
        WrongDigits.DeclaredLimit.class,
        WrongDigits.DeclaredProducts.class
      })
  void whatIsSaidIsLetBe(Class<?> contract) {
    assertThat(Launch.failures(contract)).doesNotContainKey(EXACT);
  }

  /** The tail that is lost, of an op that states nothing. */
  static final class Unstated extends Zoo.Animal {
    @Override
    public Op<?> op() {
      return WrongDigits.tail("unstated");
    }
  }

  @Test
  void anOpThatStatesNothingIsToldWhatItLacks() {
    assertThat(Launch.failures(Unstated.class)).isEmpty();
    assertThat(Launch.reports(Unstated.class))
        .anySatisfy(text ->
            assertThat(text)
                .contains("zoo:unstated at extremes")
                .contains("its output is 0.00000000, exactly 8.19401262e-40, in f32")
                .endsWith("if that is meant, extremes() says so']"));
    assertThat(Launch.reports(RightOps.Plain.class))
        .anySatisfy(text -> assertThat(text).contains("Extremes.exact() holds"));
  }

  @Test
  void aBoundHasAReason() {
    assertThatThrownBy(() -> Extremes.exact().gradientWithin(1, " "))
        .hasMessage("A bound has a reason.");
    assertThat(Extremes.exact().outputWithin(1, "a").finiteInputs("b").why()).isEqualTo("a; b");
  }
}
