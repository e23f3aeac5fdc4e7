package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.data.metrics.Score;
import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.print.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScoresTextTest {
  @Test
  void numbers() {
    RegressionReport report =
        RegressionReport.of(List.of(3.0, -0.5, 2.0, 7.0), List.of(2.5, 0.0, 2.0, 8.0));
    assertThat(ScoresText.of(report))
        .isEqualTo(
            """
            score   value
               R2  0.9486
             RMSE  0.6124
              MAE  0.5000
             rows       4
            """);
    assertThat(ScoresText.of(RegressionReport.of(List.of(1.0, 1.0), List.of(1.0, 2.0))))
        .contains("R2  undefined (all true values are equal)\n");
  }

  @Test
  void classes() {
    ClassificationReport report =
        ClassificationReport.of(
                List.of(0, 0, 0, 1, 1, 2), List.of(0, 0, 1, 1, 1, 0), List.of("cat", "dog", "fish"))
            .withLogLoss(new Score.Defined(0.25));
    assertThat(ScoresText.of(report))
        .isEqualTo(
            """
            accuracy  0.6667  (6 rows)
            log loss  0.2500

                    class  precision  recall      F1  rows
                      cat     0.6667  0.6667  0.6667     3
                      dog     0.6667  1.0000  0.8000     2
                     fish  undefined  0.0000  0.0000     1
            macro average     0.6667  0.5556  0.4889     6
            The precision of fish is undefined: never predicted.
            Macro averages are over the classes that have the score.

            true \\ predicted  cat  dog  fish  rows
                         cat    2    1     ·     3
                         dog    ·    2     ·     2
                        fish    1    ·     ·     1
            """);
  }

  @Test
  void manyClassesShowTheWorstAlone() {
    int classes = 300;
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "class" + i).toList();
    List<Integer> truth = new ArrayList<>();
    List<Integer> predicted = new ArrayList<>();
    for (int i = 0; i < classes; i++) {
      for (int row = 0; row < 4; row++) {
        truth.add(i);
        // All right, but for three of four of class 7 and one each of 30 others.
        predicted.add((i == 7 && row < 3) || (i >= 100 && i < 130 && row == 0) ? i + 1 : i);
      }
    }
    String text = ScoresText.of(ClassificationReport.of(truth, predicted, names));
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSizeLessThan(60).allMatch(line -> line.length() < 80);
    assertThat(text)
        .startsWith("accuracy  0.9725  (1200 rows)\n")
        // One of four found, nothing else taken for it: F1 is 2 · 1 · ¼ / (1 + ¼).
        .containsPattern("class7 +1.0000 +0.2500 +0.4000 +4\n")
        .contains("The classes with the lowest F1, 20 of 300; --json has all of them.\n")
        .containsPattern("true +predicted +rows +of\n +class7 +class8 +3 +4\n")
        .contains("The worst confusions, 20 of 31; --json has all of them.\n");
  }

  @Test
  void twentyClassesStillShowAMatrix() {
    List<Integer> rows = IntStream.range(0, 20).boxed().toList();
    List<String> names = rows.stream().map(i -> "c" + i).toList();
    assertThat(ScoresText.of(ClassificationReport.of(rows, rows, names)))
        .contains("true \\ predicted  c0  c1")
        .doesNotContain("--json");
    List<Integer> more = IntStream.range(0, 21).boxed().toList();
    assertThat(
            ScoresText.of(
                ClassificationReport.of(more, more, more.stream().map(i -> "c" + i).toList())))
        .contains("No class was taken for another.\n");
  }

  @Test
  void numbersOfHundredsOfDigitsHaveAnExponent() {
    String text = ScoresText.of(RegressionReport.of(List.of(0.0, 1e150), List.of(3e140, 1e150)));
    // The mean of 9e280 and 0 under a root is 3e140 / √2; the mean distance is half of 3e140.
    assertThat(text).contains("RMSE  2.1213e+140\n", " MAE  1.5000e+140\n");
    assertThat(ScoresText.of(RegressionReport.of(List.of(0.0, 1.0), List.of(4e-20, 1.0))))
        .contains(" MAE  2.0000e-20\n");
    List<CrossValidation.Fold> folds =
        Stream.of(1e300, 3e300)
            .map(score -> new CrossValidation.Fold(1, 1, 10, new Score.Defined(score)))
            .toList();
    assertThat(ScoresText.folds(new CrossValidation("mine", "RMSE", folds)))
        .contains("mean RMSE 2.0000e+300")
        .doesNotContain("0000000");
  }

  @Test
  void withoutGapsThereAreNoNotes() {
    assertThat(
            ScoresText.of(ClassificationReport.of(List.of(0, 1), List.of(0, 1), List.of("n", "p"))))
        .doesNotContain("undefined")
        .doesNotContain("log loss")
        .startsWith("accuracy  1.0000  (2 rows)\n\n");
  }

  @Test
  void folds() {
    List<CrossValidation.Fold> folds =
        Stream.of(0.5, 0.7, 0.9, 0.9)
            .map(score -> new CrossValidation.Fold(1, 1, 10, new Score.Defined(score)))
            .toList();
    assertThat(ScoresText.folds(new CrossValidation("mine", "accuracy", folds)))
        .contains("0.9000")
        .contains("mine: mean accuracy 0.7500, deviation 0.1915, standard error 0.0957");
  }

  @Test
  void columnsKeepInLineBeyondAscii() {
    assertThat(TextTable.of("ä", "𝛿x").row("bb", "1").text()).isEqualTo(" ä  𝛿x\nbb   1\n");
    assertThatThrownBy(() -> TextTable.of("a").row("1", "2")).hasMessage("2 cells under 1 titles");
  }
}
