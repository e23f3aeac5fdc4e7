package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.SavedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CharacterPicturesTest {
  private static final OpRegistry OPS = OpRegistry.load();

  @TempDir private Path folder;

  private static RunReport.Curve curve(double... losses) {
    List<RunReport.Point> points = new ArrayList<>();
    for (double loss : losses) {
      points.add(
          new RunReport.Point(
              points.size() + 1, loss, 0, OptionalDouble.empty(), OptionalDouble.empty()));
    }
    return new RunReport.Curve(RunReport.Curve.Measure.ACCURACY, points);
  }

  @Test
  void theLossIsARowOfBars() {
    assertThat(CharacterPictures.loss(curve(8, 7, 6, 5, 4, 3, 2, 1)))
        .isEqualTo("loss █▇▆▅▄▃▂▁ from 8.000 to 1.000");
    assertThat(CharacterPictures.loss(curve(1, 1e-2, 1e-7)))
        .isEqualTo("loss █▆▁ from 1.000 to 1.00e-07, logarithm");
    assertThat(CharacterPictures.loss(curve(2, 2))).startsWith("loss ▁▁ from");
    assertThat(CharacterPictures.loss(curve(new double[1000]))).hasSizeLessThan(80);
  }

  /** The four rows of exclusive or lie in the corners, each in the area of its class. */
  @Test
  void theBoundaryPartsTheRows() throws Exception {
    Path model = folder.resolve("m");
    assertThat(Run.here("train", "xor", "--output", model).exitCode()).isZero();
    Experiment experiment = Experiment.of(SpecReader.builtIn(BuiltInSet.XOR), Path.of(""), OPS);
    assertThat(CharacterPictures.hasBoundary(experiment)).isTrue();
    String picture = CharacterPictures.boundary(experiment, SavedModel.load(model, OPS));
    List<String> lines = picture.lines().toList();
    assertThat(lines).hasSize(1 + 18 + 2).allMatch(line -> line.length() < 80);
    List<String> points = lines.stream().filter(line -> line.matches("  │.*\\d.*\\d.*")).toList();
    assertThat(points).hasSize(2);
    assertThat(points.get(0).replaceAll("[^01]", "")).isEqualTo("10");
    assertThat(points.get(1).replaceAll("[^01]", "")).isEqualTo("01");
    assertThat(points.get(0)).containsPattern("\\.1\\.+ +0");
    assertThat(points.get(1)).containsPattern(" 0 +\\.+1\\.");
  }

  /** Columns across and rows upwards, on points that no turn of the picture leaves in place. */
  @Test
  void everyRowLiesWhereItsColumnsSay() throws Exception {
    Path spec = Samples.write(folder);
    Path stem = folder.resolve("m");
    assertThat(Run.here("train", spec, "--output", stem).exitCode()).isZero();
    Experiment experiment = Experiment.of(SpecReader.read(spec), folder, OPS);
    List<String> lines =
        CharacterPictures.boundary(experiment, SavedModel.load(stem, OPS)).lines().toList();
    double[][] rows = experiment.training().samples().inputs().toRows();
    List<Integer> labels = ((Targets.Classes) experiment.training().target()).labels();
    int rightmost = farthest(rows, 0, 1);
    int lowest = farthest(rows, 1, -1);
    // A twelfth of 56 signs lies beside the points, and a twelfth of 18 below them.
    assertThat(lines.getFirst()).isEqualTo("b upwards");
    assertThat(lines.get(19)).endsWith(" a");
    assertThat(column(lines, 52)).as("rightmost").contains(labels.get(rightmost).toString());
    assertThat(lines.get(17)).as("lowest").contains(labels.get(lowest).toString());
    assertThat(column(lines, 55)).doesNotContainPattern("\\d");
    assertThat(lines.get(18)).doesNotContainPattern("\\d");
  }

  private static String column(List<String> lines, int place) {
    StringBuilder text = new StringBuilder();
    lines.subList(1, 19).forEach(line -> text.append(line.charAt(3 + place)));
    return text.toString();
  }

  private static int farthest(double[][] rows, int column, int sign) {
    int best = 0;
    for (int i = 0; i < rows.length; i++) {
      best = sign * rows[i][column] > sign * rows[best][column] ? i : best;
    }
    return best;
  }

  @Test
  void moreColumnsHaveNone() {
    Experiment iris = Experiment.of(SpecReader.builtIn(BuiltInSet.IRIS), Path.of(""), OPS);
    assertThat(CharacterPictures.hasBoundary(iris)).isFalse();
  }
}
