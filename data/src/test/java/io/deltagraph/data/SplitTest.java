package io.deltagraph.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  /** Classes of the given sizes, their rows mixed. */
  private static DataSet classes(int... sizes) {
    int rows = IntStream.of(sizes).sum();
    int[] labels =
        IntStream.range(0, sizes.length)
            .flatMap(c -> IntStream.range(0, sizes[c]).map(i -> c))
            .toArray();
    Seeds.of(99).stream().shuffle(labels);
    List<String> names =
        IntStream.range(0, sizes.length)
            .mapToObj(c -> "c" + c)
            .collect(ImmutableList.toImmutableList());
    return new DataSet("made", features(rows), new Targets.Classes(Ints.asList(labels), names));
  }

  private static DataSet numbers(int rows) {
    return new DataSet(
        "made", features(rows), new Targets.Numbers(Doubles.asList(new double[rows])));
  }

  private static Features features(int rows) {
    return Features.of(ImmutableList.of("x"), rows, new double[rows]);
  }

  private static int count(DataSet data, List<Integer> rows, int label) {
    return ((Targets.Classes) data.target()).select(rows).counts().get(label);
  }

  private static void assertPartition(Split split, int rows) {
    assertThat(Stream.of(split.train(), split.test()).flatMap(List::stream).sorted())
        .as("every row once")
        .containsExactlyElementsOf(IntStream.range(0, rows).boxed().toList());
    assertThat(split.train()).isSorted();
    assertThat(split.test()).isSorted();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyClassGivesItsShare(long seed) {
    RandomStream random = Seeds.of(seed).derive("test").stream();
    int[] sizes = random.permutation(2 + random.nextInt(6));
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] = 2 + random.nextInt(60);
    }
    sizes[0] += 20;
    double fraction = random.nextDouble(0.05, 0.6);
    DataSet data = classes(sizes);
    Split split = Split.stratified(data, fraction, Seeds.of(seed));
    assertPartition(split, data.rows());
    String replay = "seed " + seed;
    assertThat(split.test().size()).as(replay).isEqualTo((int) Math.round(data.rows() * fraction));
    for (int c = 0; c < sizes.length; c++) {
      double share = (double) sizes[c] * split.test().size() / data.rows();
      assertThat(Math.abs(count(data, split.test(), c) - share)).as(replay).isLessThan(1);
      assertThat(count(data, split.train(), c)).as(replay).isPositive();
    }
  }

  @Test
  void sharesAreExactWhereTheyCanBe() {
    DataSet data = classes(50, 50, 50);
    Split split = Split.stratified(data, 0.2, Seeds.of(1));
    assertThat(IntStream.range(0, 3).map(c -> count(data, split.test(), c)))
        .containsExactly(10, 10, 10);
    assertThat(split.note()).isEqualTo("30 of 150 rows are held out, of every class alike.");
  }

  @Test
  void theLargestRemainderGivesOneMore() {
    // 8 of 41 rows: shares 4.098 and 3.902, so 4 and 3, and the eighth from the second class.
    DataSet data = classes(21, 20);
    Split split = Split.stratified(data, 0.2, Seeds.of(1));
    assertThat(count(data, split.test(), 0)).isEqualTo(4);
    assertThat(count(data, split.test(), 1)).isEqualTo(4);
  }

  @Test
  void aClassOfOneRowIsTrainedOn() {
    DataSet data = classes(40, 1);
    Split split = Split.stratified(data, 0.5, Seeds.of(1));
    assertThat(count(data, split.train(), 1)).isEqualTo(1);
    assertThat(split.test().size()).isEqualTo(21);
  }

  @Test
  void numbersAreDrawnAlike() {
    Split split = Split.stratified(numbers(50), 0.3, Seeds.of(4));
    assertPartition(split, 50);
    assertThat(split.test().size()).isEqualTo(15);
    assertThat(split.note()).isEqualTo("15 of 50 rows are held out.");
  }

  @Test
  void theSeedAloneDecides() {
    DataSet data = classes(30, 30);
    assertThat(Split.stratified(data, 0.2, Seeds.of(5)))
        .isEqualTo(Split.stratified(data, 0.2, Seeds.of(5)));
    assertThat(Split.stratified(data, 0.2, Seeds.of(5)).test())
        .isNotEqualTo(Split.stratified(data, 0.2, Seeds.of(6)).test());
  }

  @Test
  void everyRowIsHeldOutAboutEquallyOften() {
    DataSet data = numbers(20);
    int[] times = new int[20];
    for (int seed = 0; seed < 2000; seed++) {
      Split.stratified(data, 0.25, Seeds.of(seed)).test().forEach(row -> times[row]++);
    }
    for (int count : times) {
      assertThat(count).isBetween(500 - 90, 500 + 90); // 4.6 deviations of 19.4
    }
  }

  @ParameterizedTest
  @CsvSource({"19, 0.2", "5, 0.2", "4, 0.5"})
  void smallSetsHoldOutNothingAndSaySo(int rows, double fraction) {
    Split split = Split.stratified(numbers(rows), fraction, Seeds.of(1));
    assertPartition(split, rows);
    assertThat(split.test().isEmpty()).isTrue();
    assertThat(split.note())
        .isEqualTo(
            "made has "
                + rows
                + " rows: under 20 nothing is held out, the scores are on the rows trained on.");
  }

  @Test
  void twentyRowsAreEnough() {
    assertThat(Split.stratified(numbers(20), 0.2, Seeds.of(1)).test().size()).isEqualTo(4);
  }

  @Test
  void nothingHeldOutByWishIsSaidToo() {
    assertThat(Split.stratified(numbers(30), 0, Seeds.of(1)).note())
        .isEqualTo("Nothing is held out: the scores are on the rows trained on.");
  }

  @ParameterizedTest
  @CsvSource({"1", "-0.1", "NaN"})
  void badFractions(double fraction) {
    assertThatThrownBy(() -> Split.stratified(numbers(30), fraction, Seeds.of(1)))
        .hasMessageContaining("not in [0, 1)");
  }

  @ParameterizedTest
  @CsvSource({"5, 1", "5, 2", "3, 3", "2, 4", "10, 5", "7, 6"})
  void foldsCoverEveryRowOnceAndEveryClassEvenly(int k, long seed) {
    DataSet data = classes(23, 9, 40, 5);
    List<Split> folds = Split.folds(data, k, Seeds.of(seed));
    assertThat(folds).hasSize(k);
    assertThat(folds.stream().flatMap(fold -> fold.test().stream()).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 77).boxed().toList());
    folds.forEach(fold -> assertPartition(fold, 77));
    int[] sizes = folds.stream().mapToInt(fold -> fold.test().size()).sorted().toArray();
    assertThat(sizes[k - 1] - sizes[0]).isLessThanOrEqualTo(1);
    for (int c = 0; c < 4; c++) {
      int label = c;
      int[] counts =
          folds.stream().mapToInt(fold -> count(data, fold.test(), label)).sorted().toArray();
      assertThat(counts[k - 1] - counts[0]).as("class " + c).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void foldsOfOneSeedStayAndOfAnotherDiffer() {
    DataSet data = numbers(40);
    assertThat(Split.folds(data, 5, Seeds.of(1))).isEqualTo(Split.folds(data, 5, Seeds.of(1)));
    assertThat(Split.folds(data, 5, Seeds.of(1))).isNotEqualTo(Split.folds(data, 5, Seeds.of(2)));
    assertThat(Split.folds(data, 5, Seeds.of(1)).getFirst().note())
        .isEqualTo("Fold 1 of 5 is held out.");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 41})
  void badNumbersOfFolds(int k) {
    assertThatThrownBy(() -> Split.folds(numbers(40), k, Seeds.of(1)))
        .hasMessage(k + " folds of 40 rows");
  }
}
