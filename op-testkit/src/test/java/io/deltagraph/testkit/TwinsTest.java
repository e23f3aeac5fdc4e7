package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ops of several outputs: each is looked at, alone and with the others. */
class TwinsTest {
  private static final String GRADIENTS = "gradients agree with finite differences";

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(Twins.ForgetsOne.class, GRADIENTS, "(f64[]) -> square: "),
        Arguments.of(Twins.ExchangesThem.class, GRADIENTS, "(f64[]) -> wave: "),
        Arguments.of(Twins.WrongTogether.class, GRADIENTS, "(f64[]) -> wave, square: "),
        Arguments.of(Twins.AsksForOne.class, GRADIENTS, "it has to ask for 'gradient(i)'"),
        Arguments.of(
            Twins.WrongSecondDerivative.class,
            "second derivatives agree with differences of gradients",
            "-> square: the derivative by input 0 of the gradient of input 0 is wrong"),
        Arguments.of(
            Twins.LeavesOneUnwritten.class,
            "the shape rule agrees with the forward pass",
            "-> square: the loops leave output element 0 unwritten"),
        Arguments.of(
            Twins.OneTypeTooFew.class,
            "every case can be built",
            "its signature gives 2 outputs, [wave, square], but inferAll gives 1"),
        Arguments.of(
            Twins.BadName.class,
            "describes itself the same each time",
            "calls an output 'The Square'"),
        Arguments.of(Twins.LosesDigits.class, "f32 agrees with f64", "-> square: in f32 output"),
        Arguments.of(Twins.Untold.class, "kinks are told", "-> square: where all inputs are 0"),
        Arguments.of(
            Twins.LawlessFold.class,
            "a fold gives the same in any order",
            "-> squares: folding (a, b), c gives"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongOpFailsTheCheckMeantForIt(Class<?> contract, String check, String message) {
    assertThat(Launch.failures(contract))
        .hasEntrySatisfying(check, text -> assertThat(text).contains(message));
  }

  /** What is wrong together only is right for each output alone. */
  @Test
  void aRuleThatIsRightForEachAloneIsNotBlamedForThem() {
    assertThat(Launch.failures(Twins.WrongTogether.class).get(GRADIENTS))
        .doesNotContain("-> wave: ")
        .doesNotContain("-> square: ");
  }

  static Stream<Class<?>> right() {
    return Stream.of(
        Twins.Right.class,
        Twins.RightByReach.class,
        Twins.RightWithRanks.class,
        Twins.RightFold.class,
        Twins.RightExpression.class);
  }

  @ParameterizedTest
  @MethodSource("right")
  void aRightOpPassesAllChecks(Class<?> contract) {
    assertThat(Launch.failures(contract)).isEmpty();
    Launch.run(contract)
        .testEvents()
        .assertStatistics(tests -> tests.started(OpContractTest.CHECKS));
  }

  /** By each of both outputs, and by both together. */
  @Test
  void mistakesAreSeededForEachOutput() {
    assertThat(Launch.reports(Twins.Right.class))
        .anySatisfy(text -> assertThat(text).contains("30 of 30 seeded mistakes caught"));
    assertThat(Launch.reports(Twins.RightWithRanks.class))
        .anySatisfy(text -> assertThat(text).contains("10 of 10 seeded mistakes caught"));
  }
}
