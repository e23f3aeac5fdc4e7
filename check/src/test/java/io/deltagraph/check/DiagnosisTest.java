package io.deltagraph.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.check.Diagnosis.Finding;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cause is named when its mistake is made, and none where there is none. */
class DiagnosisTest {
  private static final List<String> SHAPES =
      List.of("[4]", "[3, 4]", "[4, 4]", "[5, 1]", "[2, 3, 3]", "[2, 2, 3, 4]");
  private static final Clues COUNTS = Clues.NONE.samples(64).outputs(10).learningRate(0.03);

  private static TensorType type(String shape) {
    return new TensorType(DType.F64, Shape.parse(shape));
  }

  private static Tensor random(String shape, long seed) {
    Random random = new Random(seed);
    return Tensor.generate(
        type(shape), i -> (random.nextBoolean() ? 1 : -1) * random.nextDouble(0.5, 2));
  }

  private static Tensor map(Tensor tensor, DoubleUnaryOperator change) {
    return Tensor.generate(tensor.type(), i -> change.applyAsDouble(tensor.get(i)));
  }

  private static Tensor indexed(Tensor tensor, IntToDoubleFunction element) {
    return Tensor.generate(tensor.type(), element);
  }

  /** What central differences make of a gradient. */
  private static Tensor noisy(Tensor tensor) {
    Random random = new Random(99);
    return map(tensor, x -> x * (1 + 1e-9 * random.nextGaussian()));
  }

  private static Diagnosis diagnose(Tensor actual, Tensor right, Clues clues) {
    return Diagnosis.of(actual, noisy(right), Bounds.FINITE_DIFFERENCES, clues);
  }

  private static Cause likeliest(Diagnosis diagnosis) {
    assertThat(diagnosis.findings()).isNotEmpty();
    return diagnosis.findings().getFirst().cause();
  }

  private static List<Cause> causes(Diagnosis diagnosis) {
    return diagnosis.findings().stream().map(Finding::cause).toList();
  }

  static Stream<Arguments> constants() {
    return Stream.of(
            Arguments.of(-1.0, "times -1: the sign is wrong"),
            Arguments.of(2.0, "times 2: a factor 2 too many"),
            Arguments.of(0.5, "times 1/2: a factor 2 is missing"),
            Arguments.of(64.0, "times 64, the number of samples: a sum over the samples where"),
            Arguments.of(1.0 / 64, "times 1/64, one over the number of samples"),
            Arguments.of(640.0, "samples times that of outputs"),
            Arguments.of(1.0 / 640, "samples times that of outputs"),
            Arguments.of(0.1, "1/10, one over the number of outputs"),
            Arguments.of(0.03, "0.03, the learning rate"),
            Arguments.of(-0.03, "-1 times 0.03, the learning rate"),
            Arguments.of(128.0, "times 2 times 64"),
            Arguments.of(-1.0 / 64, "times -1 times 1/64"))
        .flatMap(c -> SHAPES.stream().map(shape -> Arguments.of(shape, c.get()[0], c.get()[1])));
  }

  @ParameterizedTest
  @MethodSource("constants")
  void aKnownConstantIsNamed(String shape, double factor, String sentence) {
    Tensor right = random(shape, 1);
    Diagnosis diagnosis = diagnose(map(right, x -> factor * x), right, COUNTS);
    assertThat(likeliest(diagnosis)).isInstanceOf(Slip.Constant.class);
    assertThat(diagnosis.sentence()).contains(sentence).contains("residual");
    assertThat(diagnosis.findings().getFirst().residual()).isLessThan(1e-8);
  }

  @Test
  void aKnownConstantIsNamedForAScalarToo() {
    Diagnosis diagnosis = diagnose(Tensor.scalar(-3), Tensor.scalar(3), COUNTS);
    assertThat(diagnosis.sentence()).contains("times -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[4]", "[3, 4]", "[4, 4]", "[2, 3, 3]"})
  void anUnknownConstantIsFittedWhereThereAreEntriesEnough(String shape) {
    Tensor right = random(shape, 2);
    Diagnosis diagnosis = diagnose(map(right, x -> 1.7 * x), right, COUNTS);
    assertThat(causes(diagnosis))
        .singleElement()
        .isInstanceOfSatisfying(
            Slip.Constant.class,
            constant -> {
              assertThat(constant.parts()).isEmpty();
              assertThat(constant.sentence()).contains("1.7 in every entry");
            });
    Diagnosis scalar = diagnose(Tensor.scalar(1.7), Tensor.scalar(1), COUNTS);
    assertThat(likeliest(scalar)).isInstanceOf(Symptom.Unexplained.class);
    assertThat(scalar.sentence()).contains("your gradient is 1.7 times the right one.");
  }

  @Test
  void aConstantIsNamedForFewEntries() {
    Tensor two = Tensor.matrix(new double[][] {{0.6, -0.2}});
    for (Clues clues : List.of(Clues.NONE, COUNTS)) {
      assertThat(diagnose(map(two, x -> 3 * x), two, clues).sentence())
          .startsWith("It is the right one times 3 in every entry");
      assertThat(diagnose(Tensor.scalar(0.25), Tensor.scalar(1.75), clues).sentence())
          .startsWith("It is the right one times 0.142857 in every entry");
    }
    assertThat(diagnose(map(two, x -> 64 * x), two, COUNTS).sentence())
        .startsWith("It is the right one times 64, the number of samples");
  }

  /** Whose squares leave the range: what is wrong with a gradient has no unit. */
  @ParameterizedTest
  @ValueSource(doubles = {1e300, 1e160, 1, 1e-160, 1e-290})
  void theMistakeIsTheSameInAnyUnit(double unit) {
    Tensor right = map(random("[3, 4]", 12), x -> unit * x);
    Map<String, Tensor> wrong =
        Map.of(
            "the right one times -1: the sign is wrong", map(right, x -> -x),
            "the right one times 1/64, one over the number of samples", map(right, x -> x / 64),
            "rows and columns exchanged", indexed(right, i -> right.get(i % 3 * 4 + i / 3)),
            "but the one at [2, 3]", indexed(right, i -> i == 11 ? 3 * right.get(i) : right.get(i)),
            "Your gradient is 0 everywhere", map(right, x -> 0));
    wrong.forEach((words, gradient) ->
        assertThat(diagnose(gradient, right, COUNTS).sentence()).contains(words));
    assertThat(Diagnosis.of(right, noisy(right), Bounds.FINITE_DIFFERENCES, COUNTS).isRight())
        .isTrue();
  }

  @Test
  void otherwiseItIsNot() {
    Tensor two = Tensor.matrix(new double[][] {{0.6, -0.2}});
    Tensor wrong = Tensor.matrix(new double[][] {{1.8, -0.7}});
    assertThat(diagnose(wrong, two, COUNTS).sentence())
        .contains("your entries are between 3 and 3.5 times the right ones");
  }

  @Test
  void constantsThatCoincideAreAllListed() {
    Tensor right = random("[3, 4]", 3);
    Clues two = Clues.NONE.samples(2).outputs(2);
    Diagnosis diagnosis = diagnose(map(right, x -> 2 * x), right, two);
    assertThat(diagnosis.findings()).hasSize(3);
    assertThat(diagnosis.sentence())
        .startsWith("It is the right one times 2, the number of samples")
        .contains("Or: It is the right one times 2, the number of outputs")
        .contains("Or: It is the right one times 2: a factor 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[4, 4]", "[3, 4]", "[2, 3, 3]", "[2, 2, 3, 4]"})
  void rowsForColumnsAreTransposed(String shape) {
    Tensor right = random(shape, 4);
    int[] sizes = right.type().shape().sizes();
    int rows = sizes[sizes.length - 2];
    int columns = sizes[sizes.length - 1];
    double[] wrong = new double[right.length()];
    for (int matrix = 0; matrix < right.length() / (rows * columns); matrix++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          int start = matrix * rows * columns;
          wrong[start + j * rows + i] = right.get(start + i * columns + j);
        }
      }
    }
    Diagnosis diagnosis = diagnose(Tensor.of(right.type(), wrong), right, COUNTS);
    assertThat(likeliest(diagnosis)).isEqualTo(new Slip.Transposed(""));
    assertThat(diagnosis.sentence()).contains("rows and columns exchanged");
  }

  @Test
  void aSymmetricMatrixIsRightEitherWay() {
    Tensor right = Tensor.matrix(new double[] {1, 2}, new double[] {2, 5});
    assertThat(Diagnosis.of(right, right).isRight()).isTrue();
    assertThat(likeliest(diagnose(map(right, x -> -x), right, COUNTS)))
        .isInstanceOf(Slip.Constant.class);
  }

  @Test
  void shapesTellWhatIsWrong() {
    Tensor right = random("[3, 4]", 5);
    Tensor turned = Tensor.generate(type("[4, 3]"), i -> right.get(i % 3 * 4 + i / 3));
    assertThat(causes(Diagnosis.of(turned, right))).containsExactly(new Slip.Transposed(""));
    Tensor flat = Tensor.of(type("[12]"), right.toDoubles());
    assertThat(Diagnosis.of(flat, right).sentence())
        .contains("right entries in the shape [12]; it has to be [3, 4]");
    Tensor bias =
        Tensor.generate(type("[4]"), j -> right.get(j) + right.get(4 + j) + right.get(8 + j));
    assertThat(causes(Diagnosis.of(right, bias))).containsExactly(new Slip.MissingSum(List.of(0)));
    assertThat(likeliest(Diagnosis.of(random("[2, 2]", 6), right)))
        .isEqualTo(new Symptom.WrongShape("[2, 2]", "[3, 4]"));
    assertThat(likeliest(Diagnosis.of(random("[12]", 6), right)))
        .isInstanceOf(Symptom.WrongShape.class);
  }

  @Test
  void oneTermInPlaceOfItsSumIsAMissingSum() {
    Tensor terms = random("[5, 3]", 7);
    Tensor right =
        Tensor.generate(
            type("[3]"),
            j -> {
              double sum = 0;
              for (int i = 0; i < 5; i++) {
                sum += terms.get(3 * i + j);
              }
              return sum;
            });
    for (int row = 0; row < 5; row++) {
      int start = 3 * row;
      Tensor wrong = Tensor.generate(type("[3]"), j -> terms.get(start + j));
      Diagnosis diagnosis = diagnose(wrong, right, COUNTS.terms(terms, 0));
      assertThat(likeliest(diagnosis)).isEqualTo(new Slip.MissingSum(List.of(0)));
      assertThat(diagnosis.sentence()).contains("repeated along axis 0");
      assertThat(likeliest(diagnose(wrong, right, COUNTS))).isInstanceOf(Symptom.Unexplained.class);
    }
  }

  @Test
  void oneOfTwoSumsCanBeMissing() {
    Tensor terms = random("[2, 3, 4]", 8);
    Tensor right = Tensor.generate(type("[3]"), j -> partial(terms, 0, j) + partial(terms, 1, j));
    Tensor wrong = Tensor.generate(type("[3]"), j -> partial(terms, 0, j));
    Diagnosis diagnosis = diagnose(wrong, right, COUNTS.terms(terms, 0, 2));
    assertThat(causes(diagnosis)).containsExactly(new Slip.MissingSum(List.of(0)));
  }

  private static double partial(Tensor terms, int block, int row) {
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      sum += terms.get(12 * block + 4 * row + k);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"[4]", "[3, 4]", "[4, 4]", "[2, 3, 3]"})
  void factorsAreMissingTooManyOrExchanged(String shape) {
    Tensor above = random(shape, 10);
    Tensor slope = random(shape, 11);
    Tensor other = random(shape, 12);
    Tensor right = indexed(above, i -> above.get(i) * slope.get(i));
    Clues clues =
        COUNTS.factor("the local derivative", slope).factor("x", other).factor("g", above);
    assertThat(likeliest(diagnose(above, right, clues)))
        .isEqualTo(Slip.MissingOperand.factor("the local derivative"));
    assertThat(likeliest(diagnose(slope, right, clues))).isEqualTo(Slip.MissingOperand.factor("g"));
    assertThat(likeliest(diagnose(indexed(right, i -> right.get(i) * slope.get(i)), right, clues)))
        .isEqualTo(new Slip.ExtraOperand("the local derivative"));
    assertThat(likeliest(diagnose(indexed(right, i -> above.get(i) * other.get(i)), right, clues)))
        .isEqualTo(new Slip.WrongFactor("x", "the local derivative"));
    assertThat(likeliest(diagnose(above, right, COUNTS))).isInstanceOf(Symptom.Unexplained.class);
  }

  @Test
  void suspectsAndRepairsSpeakForTheirCauses() {
    Tensor right = random("[3, 4]", 13);
    Tensor stale = random("[3, 4]", 14);
    Clues clues = COUNTS.suspect(new Symptom.StaleOutput(), stale);
    assertThat(causes(diagnose(stale, right, clues))).containsExactly(new Symptom.StaleOutput());
    Cause operand = new Slip.WrongOperand("the output", "the input");
    assertThat(causes(diagnose(random("[3, 4]", 15), right, COUNTS.repair(operand, right))))
        .containsExactly(operand);
    assertThat(diagnose(right, right, clues.repair(operand, right)).isRight()).isTrue();
    assertThat(
            likeliest(
                diagnose(
                    random("[3, 4]", 16), right, COUNTS.suspect(new Symptom.StaleOutput(), stale))))
        .isInstanceOf(Symptom.Unexplained.class);
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void thePenaltysTermIsToldApart(double times, String sentence) {
    Tensor data = random("[3, 4]", 17);
    Tensor penalty = map(random("[3, 4]", 18), x -> 0.01 * x);
    Tensor right = indexed(data, i -> data.get(i) + penalty.get(i));
    Tensor wrong = indexed(data, i -> data.get(i) + times * penalty.get(i));
    Diagnosis diagnosis = diagnose(wrong, right, COUNTS.penalty("W1", penalty));
    assertThat(likeliest(diagnosis)).isInstanceOf(PenaltySlip.class);
    assertThat(diagnosis.sentence()).contains(sentence);
  }

  static Stream<Arguments> penalties() {
    return Stream.of(
        Arguments.of(0.0, "lacks the penalty's term."),
        Arguments.of(2.0, "penalty's term is the right one times 2: a factor 2"),
        Arguments.of(-1.0, "times -1: the sign is wrong"),
        Arguments.of(64.0, "times 64, the number of samples"),
        Arguments.of(0.5, "times 1/2"),
        Arguments.of(3.0, "times 3 in every entry"));
  }

  @Test
  void aPenaltyHidesNoWrongDataTerm() {
    Tensor data = random("[3, 4]", 19);
    Tensor penalty = random("[3, 4]", 20);
    Tensor right = indexed(data, i -> data.get(i) + penalty.get(i));
    Tensor wrong = indexed(data, i -> 64 * data.get(i) + penalty.get(i));
    Diagnosis diagnosis = diagnose(wrong, right, COUNTS.penalty("W1", penalty));
    assertThat(likeliest(diagnosis)).isInstanceOf(Slip.OfTerm.class);
    assertThat(diagnosis.sentence()).contains("data's part").contains("the number of samples");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[4]", "[3, 4]", "[4, 4]", "[2, 3, 3]"})
  void fewWrongEntriesAreCounted(String shape) {
    Tensor right = random(shape, 21);
    int last = right.length() - 1;
    Tensor one = indexed(right, i -> right.get(i) + (i == last ? 0.25 : 0));
    assertThat(likeliest(diagnose(one, right, COUNTS)))
        .isInstanceOfSatisfying(
            Symptom.OneEntry.class,
            entry -> {
              int[] sizes = right.type().shape().sizes();
              assertThat(entry.position())
                  .isEqualTo(Arrays.stream(sizes).mapToObj(size -> size - 1).toList());
              assertThat(entry.actual()).isEqualTo(right.get(last) + 0.25);
            });
    Tensor holes = indexed(right, i -> i < 2 ? 0 : right.get(i));
    assertThat(likeliest(diagnose(holes, right, COUNTS))).isEqualTo(new Symptom.PartlyZero(2));
    Tensor rolled = indexed(right, i -> right.get((i + 1) % right.length()));
    assertThat(causes(diagnose(rolled, right, COUNTS))).containsExactly(new Symptom.Reordered());
    Tensor shifted = map(right, x -> x + 0.125);
    assertThat(likeliest(diagnose(shifted, right, COUNTS)))
        .isInstanceOfSatisfying(
            Symptom.Shifted.class, by -> assertThat(by.sentence()).contains("0.125"));
  }

  @Test
  void zerosAndNonNumbersAreTold() {
    Tensor right = random("[3, 4]", 22);
    assertThat(likeliest(diagnose(map(right, x -> 0), right, COUNTS)))
        .isEqualTo(new Symptom.Zero());
    Tensor broken = indexed(right, i -> i == 3 ? Double.NaN : i == 4 ? 1.0 / 0 : right.get(i));
    assertThat(likeliest(diagnose(broken, right, COUNTS))).isEqualTo(new Symptom.NotFinite(2));
    Diagnosis flat = Diagnosis.of(right, map(right, x -> 0));
    assertThat(flat.sentence()).contains("the right gradient is 0 everywhere");
  }

  @Test
  void roundingIsToldFromMistakes() {
    Tensor right = random("[3, 4]", 23);
    Tensor single = right.cast(DType.F32).cast(DType.F64);
    Diagnosis diagnosis = Diagnosis.of(single, right);
    assertThat(likeliest(diagnosis)).isInstanceOf(Symptom.Imprecise.class);
    assertThat(diagnosis.sentence()).contains("f32");
  }

  @Test
  void unknownEntriesCountForNothing() {
    Tensor right = random("[3, 4]", 24);
    Tensor holes = indexed(right, i -> i % 3 == 0 ? Double.NaN : right.get(i));
    Tensor wrong = indexed(right, i -> i % 3 == 0 ? 1e9 : -right.get(i));
    assertThat(Diagnosis.of(wrong, holes).sentence()).contains("times -1");
    Tensor fine = indexed(right, i -> i % 3 == 0 ? 1e9 : right.get(i));
    assertThat(Diagnosis.of(fine, holes).isRight()).isTrue();
  }

  private static Clues manyClues(String shape, long seed) {
    Tensor x = random(shape, seed + 1);
    Tensor y = random(shape, seed + 2);
    return COUNTS
        .factor("x", x)
        .factor("y", y)
        .penalty("W1", map(random(shape, seed + 3), v -> 0.1 * v))
        .suspect(new Symptom.StaleOutput(), random(shape, seed + 4))
        .repair(new Slip.WrongOperand("x", "y"), random(shape, seed + 5));
  }

  @Test
  void aRightGradientIsNeverAccused() {
    List<String> accused = new ArrayList<>();
    for (int seed = 0; seed < 1_000; seed++) {
      String shape = SHAPES.get(seed % SHAPES.size());
      Tensor right = random(shape, seed);
      Diagnosis diagnosis = diagnose(right, right, manyClues(shape, 10_000L + seed));
      if (!diagnosis.isRight() || !diagnosis.sentence().isEmpty()) {
        accused.add("seed " + seed + ": " + diagnosis.sentence());
      }
    }
    assertThat(accused).isEmpty();
  }

  @Test
  void noiseHasNoSimpleCause() {
    List<String> accused = new ArrayList<>();
    for (int seed = 0; seed < 1_000; seed++) {
      String shape = SHAPES.get(seed % SHAPES.size());
      Diagnosis diagnosis =
          diagnose(
              random(shape, seed), random(shape, 5_000L + seed), manyClues(shape, 20_000L + seed));
      if (!(likeliest(diagnosis) instanceof Symptom.Unexplained)
          || !diagnosis
              .sentence()
              .startsWith("There is no simple cause: your entries are between")) {
        accused.add("seed " + seed + ": " + diagnosis.sentence());
      }
    }
    assertThat(accused).isEmpty();
  }
}
