package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.graph.Op;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong ops fail the check that is meant for them; right ones pass all. */
class OpContractTest {
  private static final String REGISTERED = Launch.REGISTERED;
  private static final String GRADIENTS = "gradients agree with finite differences";
  private static final String SHAPES = "the shape rule agrees with the forward pass";
  private static final String SECOND = "second derivatives agree with differences of gradients";
  private static final String FLAT = "flat gradients are flat";
  private static final String MISTAKES = "seeded mistakes in the backward rule are caught";
  private static final String SIZES = "vectors agree with scalars at all sizes";
  private static final String JSON = "JSON brings back the same node";
  private static final String EXTREMES = "extremes give numbers or infinities";
  private static final String BACKENDS = "every backend agrees with the reference";
  private static final String BACKWARD = "the backward pass is pure and deterministic";
  static final int CHECKS = 25;

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
            WrongOps.NonLinearRule.class,
            "forward mode agrees with reverse",
            "forward mode is refused: A backward rule between x0"),
        Arguments.of(WrongOps.WrongShape.class, SHAPES, "infer gives f64[3], but"),
        Arguments.of(WrongOps.UnwrittenOutput.class, SHAPES, "unwritten"),
        Arguments.of(WrongOps.AddsToGarbage.class, SHAPES, "before they write it"),
        Arguments.of(WrongOps.MutatesInput.class, SHAPES, "write to input 0"),
        Arguments.of(
            WrongOps.Impure.class, "the forward pass is pure and deterministic", "two runs"),
        Arguments.of(WrongOps.NotANumber.class, "finite inside its domain", "gives NaN"),
        Arguments.of(WrongOps.LosesDigits.class, "f32 agrees with f64", "units of roundoff"),
        Arguments.of(WrongOps.ForgetsAttribute.class, JSON, "come back from the file's"),
        Arguments.of(WrongExtremes.Overflowing.class, EXTREMES, "its output is not a number at"),
        Arguments.of(
            WrongExtremes.OverflowingRule.class,
            EXTREMES,
            "the gradient of input 0 is not a number"),
        Arguments.of(WrongExtremes.Underflowing.class, EXTREMES, "its output is not a number at"),
        Arguments.of(WrongExtremes.NeedlesslyDeclared.class, EXTREMES, "remove it"),
        Arguments.of(WrongFiles.LosesAttribute.class, JSON, "a file loses the rest"),
        Arguments.of(WrongFiles.HalvesAttribute.class, JSON, "come back from the file's"),
        Arguments.of(WrongFiles.RoundsAttribute.class, JSON, "come back from the file's"),
        Arguments.of(WrongFiles.Unfindable.class, JSON, "as another node"),
        Arguments.of(WrongFiles.RestlessAttribute.class, JSON, "once read and written again"),
        Arguments.of(
            WrongOps.TakesEverything.class, "refuses what it cannot take", "should be refused"),
        Arguments.of(WrongOps.UnlistedEquivalent.class, MISTAKES, "Mutator.SWAP_OPERANDS"),
        Arguments.of(WrongOps.ListedButCaught.class, MISTAKES, "remove it"),
        Arguments.of(WrongOps.WeakCases.class, GRADIENTS, "no case"),
        Arguments.of(WrongOps.TinyGradients.class, GRADIENTS, "no case was conclusive"),
        Arguments.of(WrongOps.SeveredForNothing.class, FLAT, "listed as severed"));
  }

  static Stream<Arguments> wrongKinds() {
    String described = "describes itself the same each time";
    String printed = "printed as text and LaTeX with its inputs";
    String folded = "a fold gives the same in any order";
    String built = "every case can be built";
    String counted = "takes as many inputs as its signature says";
    return Stream.of(
        Arguments.of(WrongKinds.NotCommutative.class, folded, "folding (b, a), c"),
        Arguments.of(WrongKinds.NotAssociative.class, folded, "folding a, (b, c)"),
        Arguments.of(WrongKinds.NoIdentity.class, folded, "folding identity,"),
        Arguments.of(WrongKinds.ChangesItsLane.class, SIZES, "when it is computed alone"),
        Arguments.of(WrongKinds.NameChanges.class, described, "its id is zoo:name"),
        Arguments.of(WrongKinds.InputsOfOneName.class, described, "two inputs one name"),
        Arguments.of(WrongKinds.AttributesAllEqual.class, described, "two nodes become one"),
        Arguments.of(WrongKinds.PrintsOneInput.class, printed, "lacks input 1"),
        Arguments.of(WrongKinds.OpenBrace.class, printed, "braces of its LaTeX do not match"),
        Arguments.of(KinkedOps.Untold.class, "kinks are told", "slope by entry 0 of input 0"),
        Arguments.of(WrongKinds.RestlessRule.class, BACKWARD, "two runs of its backward rule"),
        Arguments.of(WrongKinds.StaleOutput.class, BACKWARD, "two runs of its backward rule"),
        Arguments.of(WrongKinds.CotangentOfWrongShape.class, GRADIENTS, "does not fit"),
        Arguments.of(
            WrongKinds.RefusesEverything.class, built, "there is no case: no generated one fits"),
        Arguments.of(
            WrongKinds.RefusesEverything.class,
            built,
            "; (f64[2, 3]): zoo:refuses_everything cannot take f64[2, 3]: it takes nothing."),
        Arguments.of(WrongCounts.NotANumber.class, built, "infer throws java.lang.NumberFormat"),
        Arguments.of(WrongCounts.NeedsTwo.class, counted, "throws"),
        Arguments.of(WrongCounts.RefusesOne.class, counted, "takes 1 input, but it refuses"),
        Arguments.of(WrongCounts.LoopsOverTwo.class, counted, "throws"),
        Arguments.of(
            WrongCounts.Restless.class, counted, "is refused without a word of [(x, ...)]"),
        Arguments.of(WrongKinds.ReadsTooMany.class, built, "throws"),
        Arguments.of(WrongKinds.BeyondTheInput.class, SHAPES, "throws"),
        Arguments.of(WrongKinds.NeedsSizes.class, SHAPES, "before the sizes are known"),
        Arguments.of(WrongKinds.WrongInSingle.class, "f32 agrees with f64", "units of roundoff"),
        Arguments.of(WrongKinds.Infinite.class, "finite inside its domain", "gives Infinity"),
        Arguments.of(WrongKinds.ThrowsInLoops.class, SHAPES, "throws"),
        Arguments.of(WrongKinds.ThrowsInRule.class, GRADIENTS, "backward rule fails"));
  }

  @Test
  void aBadNameIsRefusedWithTheFormOfNames() {
    assertThat(Launch.failures(WrongKinds.BadName.class))
        .hasEntrySatisfying(
            "describes itself the same each time",
            text -> assertThat(text).contains("An op's name looks like").contains("'Bad Name'"));
  }

  @ParameterizedTest
  @MethodSource({"wrong", "wrongKinds"})
  void aWrongOpFailsTheCheckMeantForIt(Class<?> contract, String check, String message) {
    assertThat(Launch.failures(contract))
        .hasEntrySatisfying(
            check,
            text ->
                assertThat(text)
                    .startsWith("The check '" + check + "' fails.\n")
                    .contains(message)
                    .contains(
                        "replay: mvn test -Dtest="
                            + contract.getSimpleName()
                            + " -Ddeltagraph.seed="));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WrongTail         | of its output, in f64
          WrongLongTail     | element 4097 of 4098
          WrongSingle       | of its output, in f32
          WrongBackward     | of the gradient of input 0, in f64
          WrongOnTwoThreads | on 2 threads: element 4097 of 4098
          NoReference       | lacks the plain loops
          """)
  void aWrongBackendIsNamed(String contract, String message) throws ClassNotFoundException {
    Map<String, String> failures =
        Launch.failures(Class.forName(WrongBackends.class.getName() + "$" + contract));
    assertThat(failures).containsOnlyKeys(BACKENDS);
    assertThat(failures.get(BACKENDS)).contains(message);
  }

  @Test
  void itIsSaidWhichBackendsWereCompared() {
    assertThat(Launch.reports(WrongBackends.Right.class))
        .anySatisfy(text ->
            assertThat(text)
                .contains("plain loops, vectors: ")
                .contains(" cases compared with the plain loops on one thread")
                .doesNotContain("no other backend"));
    assertThat(Launch.reports(RightOps.Plain.class))
        .anySatisfy(text -> assertThat(text).contains("no other backend is on the class path"));
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
        RightOps.Bounded.class,
        RightKinds.AnyNumber.class,
        RightKinds.ByMask.class,
        RightKinds.Independent.class,
        RightKinds.NoDefault.class,
        RightKinds.Backward.class,
        RightKinds.Turned.class,
        RightKinds.RuledProduct.class,
        RightKinds.FoldedSum.class,
        RightKinds.Shortcut.class,
        RightKinds.Kinked.class,
        KinkedOps.Told.class,
        RightKinds.Steep.class,
        WrongCounts.Right.class,
        WrongBackends.Right.class,
        WrongExtremes.Declared.class);
  }

  @ParameterizedTest
  @MethodSource("right")
  void aRightOpPassesAllChecks(Class<?> contract) {
    assertThat(Launch.failures(contract)).isEmpty();
    Launch.run(contract).testEvents().assertStatistics(tests -> tests.started(CHECKS));
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
    assertThat(Launch.all(Once.class)).isEmpty();
    assertThat(Launch.all(RightOps.Plain.class))
        .hasEntrySatisfying(
            REGISTERED, text -> assertThat(text).contains("is not registered").contains("0 times"));
    assertThat(Launch.all(Twice.class))
        .hasEntrySatisfying(REGISTERED, text -> assertThat(text).contains("stands 2 times"));
  }
}
