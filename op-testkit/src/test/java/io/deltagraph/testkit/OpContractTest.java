package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.deltagraph.graph.Op;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Wrong ops fail the check that is meant for them; right ones pass all. */
class OpContractTest {
  private static final String REGISTERED = "registered once, in both lists of services";
  private static final String GRADIENTS = "gradients agree with finite differences";
  private static final String SHAPES = "the shape rule agrees with the forward pass";
  private static final String SECOND = "second derivatives agree with differences of gradients";
  private static final String FLAT = "flat gradients are flat";
  private static final String MISTAKES = "seeded mistakes in the backward rule are caught";
  private static final int CHECKS = 14;

  private static EngineExecutionResults run(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter").selectors(selectClass(contract)).execute();
  }

  /** The message of every failed check but registration, which the zoo does without. */
  private static Map<String, String> failures(Class<?> contract) {
    Map<String, String> failures = all(contract);
    failures.remove(REGISTERED);
    return failures;
  }

  /** The message of every failed check. */
  private static Map<String, String> all(Class<?> contract) {
    Map<String, String> failures = new LinkedHashMap<>();
    for (Event event : run(contract).testEvents().failed().list()) {
      String check = event.getTestDescriptor().getDisplayName();
      Throwable thrown =
          event.getPayload(TestExecutionResult.class).orElseThrow().getThrowable().orElseThrow();
      failures.put(check, String.valueOf(thrown.getMessage()));
    }
    return failures;
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(WrongOps.WrongSign.class, GRADIENTS, "backward gives"),
        Arguments.of(WrongOps.MissingFactor.class, GRADIENTS, "relative difference"),
        Arguments.of(WrongOps.WrongSecondInput.class, GRADIENTS, "of input 1"),
        Arguments.of(WrongOps.NearlyRight.class, GRADIENTS, "relative difference 1.0e-07"),
        Arguments.of(WrongOps.NullRule.class, GRADIENTS, "one cotangent per input"),
        Arguments.of(WrongOps.WrongArity.class, GRADIENTS, "one cotangent per input, here 2"),
        Arguments.of(WrongOps.ClaimsFlat.class, FLAT, "central differences find a slope"),
        Arguments.of(WrongOps.ClaimsZero.class, FLAT, "nothing flows to input 1"),
        Arguments.of(WrongOps.WrongSecondDerivative.class, SECOND, "is wrong"),
        Arguments.of(
            WrongOps.NonLinearRule.class, "forward mode agrees with reverse", "not linear"),
        Arguments.of(WrongOps.WrongShape.class, SHAPES, "infer gives f64[3], but"),
        Arguments.of(WrongOps.UnwrittenOutput.class, SHAPES, "unwritten"),
        Arguments.of(WrongOps.AddsToGarbage.class, SHAPES, "before they write it"),
        Arguments.of(WrongOps.MutatesInput.class, SHAPES, "write to input 0"),
        Arguments.of(
            WrongOps.Impure.class, "the forward pass is pure and deterministic", "two runs"),
        Arguments.of(WrongOps.NotANumber.class, "finite inside its domain", "gives NaN"),
        Arguments.of(WrongOps.LosesDigits.class, "f32 agrees with f64", "units of roundoff"),
        Arguments.of(WrongOps.ForgetsAttribute.class, "attributes survive a file", "come back"),
        Arguments.of(
            WrongOps.TakesEverything.class, "refuses what it cannot take", "should be refused"),
        Arguments.of(WrongOps.UnlistedEquivalent.class, MISTAKES, "Mutator.SWAP_OPERANDS"),
        Arguments.of(WrongOps.ListedButCaught.class, MISTAKES, "remove it"),
        Arguments.of(WrongOps.WeakCases.class, GRADIENTS, "no case"),
        Arguments.of(WrongOps.TinyGradients.class, GRADIENTS, "no case was conclusive"),
        Arguments.of(WrongOps.SeveredForNothing.class, FLAT, "listed as severed"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongOpFailsTheCheckMeantForIt(Class<?> contract, String check, String message) {
    assertThat(failures(contract))
        .hasEntrySatisfying(
            check,
            text ->
                assertThat(text)
                    .contains(message)
                    .contains(
                        "replay: mvn test -Dtest="
                            + contract.getSimpleName()
                            + " -Ddeltagraph.seed="));
  }

  static Stream<Class<?>> right() {
    return Stream.of(
        RightOps.Plain.class,
        RightOps.RawRule.class,
        RightOps.Steps.class,
        RightOps.Symmetric.class,
        RightOps.Composed.class,
        RightOps.Severed.class,
        RightOps.HalfRuled.class,
        RightOps.Bounded.class);
  }

  @ParameterizedTest
  @MethodSource("right")
  void aRightOpPassesAllChecks(Class<?> contract) {
    assertThat(failures(contract)).isEmpty();
    run(contract).testEvents().assertStatistics(tests -> tests.started(CHECKS));
  }

  static final class Once extends Zoo.Animal {
    @Override
    public Op<?> op() {
      return new ListedOnce();
    }
  }

  static final class Twice extends Zoo.Animal {
    @Override
    public Op<?> op() {
      return new ListedTwice();
    }
  }

  @Test
  void anOpIsListedOnce() {
    assertThat(all(Once.class)).isEmpty();
    assertThat(all(RightOps.Plain.class))
        .hasEntrySatisfying(
            REGISTERED, text -> assertThat(text).contains("is not registered").contains("0 times"));
    assertThat(all(Twice.class))
        .hasEntrySatisfying(REGISTERED, text -> assertThat(text).contains("stands 2 times"));
  }
}
