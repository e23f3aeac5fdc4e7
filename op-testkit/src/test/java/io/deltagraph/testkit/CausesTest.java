package io.deltagraph.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a rule is wrong in a way that has a name, the check of gradients says it. */
class CausesTest {
  private static final String LIKELY = "likely cause: ";
  private static final List<Case> ROW = List.of(Case.of("[4]"));
  private static final List<Case> MATRIX = List.of(Case.of("[2, 3]"));
  private static final List<Case> SQUARE = List.of(Case.of("[3, 3]"));
  private static final List<Case> PAIR = List.of(Case.of("[2, 3]", "[2, 3]"));
  private static final List<Case> SQUARES = List.of(Case.of("[3, 3]", "[3, 3]"));
  private static final List<Case> REPEATED = List.of(Case.of("[3]", "[2, 3]"));

  /** A rule of loops over the gradient and the first input. */
  private static Zoo.Rule loops(String name, Kernel.Loops loops) {
    return at ->
        at.flow(
            at.raw(
                "zoo:" + name + ".backward",
                at.input(0).type(),
                loops,
                at.gradient(),
                at.input(0)));
  }

  private static Op<?> sine(String name, Zoo.Rule rule) {
    return Zoo.ruled(name, 1, x -> x.get(0).sin(), rule);
  }

  private static Op<?> product(String name, Zoo.Rule rule) {
    return Zoo.ruled(name, 2, x -> x.get(0).times(x.get(1)), rule);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
            pointwise(), binary(), folds(), contractions(), views(), kernels(), composites())
        .flatMap(kind -> kind);
  }

  private static Stream<Arguments> pointwise() {
    return Stream.of(
        Arguments.of(sine("sign", Zoo.times(x -> x.cos().negate())), MATRIX, "times -1"),
        Arguments.of(sine("twice", Zoo.times(x -> x.cos().times(2))), MATRIX, "times 2"),
        Arguments.of(
            Zoo.ruled("half", 1, x -> x.get(0).times(x.get(0)), Zoo.times(x -> x)),
            MATRIX,
            "times 1/2: a factor 2 is missing"),
        Arguments.of(
            sine("constant", Zoo.times(x -> x.cos().times(1.3))), MATRIX, "times 1.3 in every"),
        Arguments.of(sine("zero", Zoo.times(x -> x.times(0))), MATRIX, "0 everywhere"),
        Arguments.of(
            sine("no_slope", at -> at.flow(at.gradient())), MATRIX, "lacks a factor: times the"),
        Arguments.of(sine("no_gradient", at -> at.flow(at.input(0).cos())), MATRIX, "from above"),
        Arguments.of(
            sine("slope_twice", Zoo.times(x -> x.cos().times(x.cos()))),
            MATRIX,
            "one factor too many: it is the right one times the local derivative"),
        Arguments.of(
            sine("of_output", at -> at.flow(at.gradient().times(at.output().cos()))),
            MATRIX,
            "uses the output where it should use input 0"),
        Arguments.of(
            Zoo.ruled("of_input", 1, x -> x.get(0).exp(), Zoo.times(x -> x)),
            MATRIX,
            "uses input 0 where it should use the output"),
        Arguments.of(
            sine("rounded", Zoo.times(x -> x.cos().times(1 + 1e-7))), MATRIX, "right up to 1e-07"),
        Arguments.of(
            Zoo.ruled(
                "swish",
                1,
                x -> x.get(0).over(x.get(0).negate().exp().plus(1)),
                CausesTest::swishWithMinus),
            MATRIX,
            "has a wrong sign: it is right with the operand 'hadamard(zoo:swish(x0),"),
        Arguments.of(
            Zoo.ruled(
                "steeper",
                1,
                x -> x.get(0).over(x.get(0).times(x.get(0)).plus(1).sqrt()),
                Zoo.times(x -> x.constant(1).over(x.times(x).plus(1)))),
            MATRIX,
            "is the right one times input 0 over the output, entry by entry"),
        Arguments.of(
            Zoo.ruled(
                "rounds_its_input",
                1,
                x -> x.get(0).cast(DType.F32).sin().cast(x.get(0).dtype()),
                Zoo.times(Value::cos)),
            MATRIX,
            "Your gradient may be right: differences by longer steps come to within"),
        Arguments.of(
            Zoo.ruled(
                "rounds_its_output",
                1,
                x -> x.get(0).sin().cast(DType.F32).cast(x.get(0).dtype()),
                Zoo.times(Value::cos)),
            MATRIX,
            "look for a cast to f32"),
        Arguments.of(
            Zoo.ruled(
                "rounds_and_is_wrong",
                1,
                x -> x.get(0).sin().cast(DType.F32).cast(x.get(0).dtype()),
                Zoo.times(x -> x.times(x))),
            MATRIX,
            "There is no simple cause"),
        Arguments.of(
            sine("shapeless", Zoo.times(x -> x.times(x))), MATRIX, "There is no simple cause"),
        Arguments.of(
            new WrongRules.IgnoredAttribute(),
            List.of(Case.of("[2, 3]").with("slope", 1.25)),
            "times 2.4 in every entry"));
  }

  /** The rule of {@code x σ(x)} with a minus in the place of the plus. */
  private static List<Cotangent> swishWithMinus(Adjoint<NoAttributes> at) {
    Value one = at.input(0).constant(1);
    Value sigmoid = one.over(at.input(0).negate().exp().plus(1));
    Value rest = one.minus(sigmoid);
    return at.flow(at.gradient().times(sigmoid.minus(at.output().times(rest))));
  }

  private static Stream<Arguments> binary() {
    return Stream.of(
        Arguments.of(
            product(
                "own_operand",
                at -> at.flow(at.gradient().times(at.input(0)), at.gradient().times(at.input(1)))),
            PAIR,
            "uses input 0 where it should use input 1"),
        Arguments.of(
            Zoo.ruled(
                "exchanged",
                2,
                x -> x.get(0).sin().times(x.get(1)),
                at ->
                    at.flow(
                        at.gradient().times(at.input(0).sin()),
                        at.gradient().times(at.input(0).cos()).times(at.input(1)))),
            PAIR,
            "uses the gradient of input 1 where it should use that of input 0"),
        Arguments.of(
            Zoo.ruled(
                "difference",
                2,
                x -> x.get(0).minus(x.get(1)),
                at -> at.flow(at.gradient(), at.gradient())),
            PAIR,
            "times -1"),
        Arguments.of(
            product("first_row", at -> firstRow(at)),
            REPEATED,
            "lacks a sum: the gradient of what is repeated"),
        Arguments.of(
            product("no_operand", at -> at.flow(at.gradient(), at.gradient().times(at.input(0)))),
            PAIR,
            "lacks a factor: times input 1"));
  }

  /** The first row of the gradient in place of the sum of its rows. */
  private static List<Cotangent> firstRow(Adjoint<NoAttributes> at) {
    Value wide = at.gradient().times(at.input(1));
    Value row =
        at.raw(
            "zoo:first_row.backward",
            at.input(0).type(),
            (inputs, output) -> {
              for (int i = 0; i < output.length(); i++) {
                output.set(i, inputs.get(0).get(i));
              }
            },
            wide);
    return at.flow(row, at.gradient().times(at.input(0)));
  }

  private static Stream<Arguments> folds() {
    return Stream.of(
        Arguments.of(
            WrongRules.sumForMean(), MATRIX, "times 6, the number of elements folded into one"),
        Arguments.of(WrongRules.meanForSum(), MATRIX, "1/6, one over the number of elements"),
        Arguments.of(WrongRules.lostFold(), MATRIX, "0 everywhere"));
  }

  private static Stream<Arguments> contractions() {
    return Stream.of(
        Arguments.of(WrongRules.transposedProduct(), SQUARES, "rows and columns exchanged"),
        Arguments.of(
            WrongRules.untransposedOperand(),
            SQUARES,
            "is right with rows and columns of input 0 exchanged"),
        Arguments.of(
            WrongRules.wrongOperandProduct(), SQUARES, "uses input 0 where it should use input 1"),
        Arguments.of(
            WrongRules.negatedProduct(), List.of(Case.of("[2, 3]", "[3, 2]")), "times -1"));
  }

  private static Stream<Arguments> views() {
    return Stream.of(
        Arguments.of(WrongRules.untransposedView(), SQUARE, "rows and columns exchanged"),
        Arguments.of(WrongRules.unreversedView(), ROW, "entries at the wrong places"),
        Arguments.of(WrongRules.doubledView(), MATRIX, "times 2"));
  }

  private static Stream<Arguments> kernels() {
    return Stream.of(
        Arguments.of(
            Zoo.looped(
                "short_loop",
                Zoo::twice,
                loops(
                    "short_loop",
                    (inputs, output) -> {
                      for (int i = 0; i < output.length(); i++) {
                        output.set(i, i + 1 < output.length() ? 2 * inputs.get(0).get(i) : 0);
                      }
                    })),
            MATRIX,
            "1 entry of your gradient is 0 and should not be"),
        Arguments.of(
            Zoo.looped(
                "one_entry",
                Zoo::twice,
                loops(
                    "one_entry",
                    (inputs, output) -> {
                      for (int i = 0; i < output.length(); i++) {
                        output.set(i, (i == 2 ? 2.5 : 2) * inputs.get(0).get(i));
                      }
                    })),
            MATRIX,
            "right but the one at [0, 2]"),
        Arguments.of(
            Zoo.looped(
                "no_number",
                Zoo::twice,
                loops(
                    "no_number",
                    (inputs, output) -> {
                      for (int i = 0; i < output.length(); i++) {
                        output.set(i, i == 0 ? Double.NaN : 2 * inputs.get(0).get(i));
                      }
                    })),
            MATRIX,
            "not finite in 1 entry"),
        Arguments.of(new WrongKinds.StaleOutput().op(), MATRIX, "the output of an earlier step"));
  }

  private static Stream<Arguments> composites() {
    return Stream.of(
        Arguments.of(
            WrongRules.composed(
                "composed_sign",
                1,
                x -> x.get(0).exp().sin(),
                at ->
                    at.flow(
                        at.gradient()
                            .times(at.input(0).exp().cos())
                            .times(at.input(0).exp())
                            .negate())),
            MATRIX,
            "times -1"),
        Arguments.of(
            WrongRules.composed(
                "composed_sum",
                1,
                x -> x.get(0).exp().sum(),
                at -> at.flow(at.gradient().times(at.input(0)))),
            MATRIX,
            "There is no simple cause"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void theCauseIsNamed(Op<?> op, List<Case> cases, String cause) {
    List<Trial> trials = trials(op, cases);
    String message =
        Launch.message(() -> new GradientChecks(subject(op, cases), trials).gradients());
    assertThat(message).contains("replay: ");
    assertThat(first(message)).contains(cause);
  }

  /** The first cause of the first finding that has one, without the alternatives. */
  private static String first(String message) {
    int start = message.indexOf(LIKELY);
    assertThat(start).as(message).isNotNegative();
    String line = message.substring(start + LIKELY.length()).lines().findFirst().orElseThrow();
    return line.split(" Or: ", 2)[0];
  }

  /** The usual mistakes, each with how it is named. */
  private static final ImmutableMap<String, String> USUAL =
      ImmutableMap.<String, String>builder()
          .put("the constant -1", "is the right one times -1:")
          .put("the constant 2", "is the right one times 2:")
          .put("the constant 1/2", "is the right one times 1/2:")
          .put("the constant n", "is the right one times 6, the number of elements")
          .put("the constant 1/n", "is the right one times 1/6, one over the number of")
          .put("transposed", "with rows and columns exchanged")
          .put("an operand transposed", "rows and columns of input 0 exchanged")
          .put(
              "a sum over a broadcast axis missing",
              "lacks a sum: the gradient of what is repeated")
          .put("the local derivative missing", "times the local derivative, entry by entry")
          .put("the wrong operand", "uses input 0 where it should use input 1")
          .put("a stale output", "belongs to the output of an earlier step")
          .buildOrThrow();

  @Test
  void everyUsualMistakeIsMadeByAWrongOpAndNamedFirst() {
    List<String> named =
        wrong().map(Arguments::get).map(row -> named((Op<?>) row[0], cases(row[1]))).toList();
    USUAL.forEach((mistake, sentence) ->
        assertThat(named).as(mistake).anySatisfy(text -> assertThat(text).contains(sentence)));
  }

  @SuppressWarnings("unchecked")
  private static List<Case> cases(Object column) {
    return (List<Case>) column;
  }

  private static String named(Op<?> op, List<Case> cases) {
    List<Trial> trials = trials(op, cases);
    return first(Launch.message(() -> new GradientChecks(subject(op, cases), trials).gradients()));
  }

  private static Subject subject(Op<?> op, List<Case> cases) {
    return Launch.subject(op, cases);
  }

  private static List<Trial> trials(Op<?> op, List<Case> cases) {
    Subject subject = subject(op, cases);
    return cases.stream().map(at -> Trial.of(subject, at)).collect(ImmutableList.toImmutableList());
  }

  @Test
  void aRightRuleIsNotAccused() {
    Op<?> op = WrongRules.rightProduct();
    assertThat(
            Launch.message(
                () -> new GradientChecks(subject(op, SQUARES), trials(op, SQUARES)).gradients()))
        .isEmpty();
    Trial trial = trials(op, SQUARES).getFirst();
    for (int input : trial.floats()) {
      Value gradient = ((Trial.Flow.Of) trial.flow(input)).gradient();
      assertThat(Explanation.of(subject(op, SQUARES), trial, input, gradient)).isEmpty();
    }
  }
}
