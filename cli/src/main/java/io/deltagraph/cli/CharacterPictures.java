package io.deltagraph.cli;

import io.deltagraph.data.Scaling;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.registry.Shown;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/** Pictures of characters for a terminal: the loss over the epochs, and the boundary of classes. */
final class CharacterPictures {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final String AREAS = " .:-=+*#%@";
  private static final int WIDTH = 56;
  private static final int HEIGHT = 18;
  private static final int MOST_BARS = 40;
  private static final double ROOM = 0.08;
  private static final double WIDE = 100;

  private CharacterPictures() {}

  /** The loss as a row of bars; of a loss that falls far, the logarithm. */
  static String loss(RunReport.Curve curve) {
    double[] losses = curve.points().stream().mapToDouble(RunReport.Point::loss).toArray();
    int width = Math.min(MOST_BARS, losses.length);
    double[] means = new double[width];
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < width; i++) {
      int from = (int) ((long) losses.length * i / width);
      int to = (int) ((long) losses.length * (i + 1) / width);
      for (int k = from; k < to; k++) {
        means[i] += losses[k] / (to - from);
      }
      least = Math.min(least, means[i]);
      most = Math.max(most, means[i]);
    }
    boolean logarithm = least > 0 && most > WIDE * least;
    StringBuilder bars = new StringBuilder();
    for (double mean : means) {
      double share =
          logarithm
              ? Math.log(mean / least) / Math.log(most / least)
              : (mean - least) / (most - least);
      int bar = Double.isFinite(share) ? (int) Math.round(share * (BARS.length() - 1)) : 0;
      bars.append(BARS.charAt(bar));
    }
    return String.format(
        Locale.ROOT,
        "loss %s from %s to %s%s",
        bars,
        TrainingText.number(losses[0]),
        TrainingText.number(losses[losses.length - 1]),
        logarithm ? ", logarithm" : "");
  }

  /** Whether there is a picture of what it says: two columns as they are, and a few classes. */
  static boolean hasBoundary(Experiment experiment) {
    return experiment.preparation().scaling().names().size() == 2
        && experiment.preparation().degree() == 1
        && experiment.training().target() instanceof Targets.Classes classes
        && classes.names().size() <= AREAS.length();
  }

  /**
   * What a model says over two columns: a sign for each class, and its digit where a row trained on
   * lies.
   */
  static String boundary(Experiment experiment, SavedModel model) {
    double[][] rows = experiment.training().samples().inputs().toRows();
    Targets.Classes truth = (Targets.Classes) experiment.training().target();
    double[] x = range(rows, 0);
    double[] y = range(rows, 1);
    double[][] places = new double[WIDTH * HEIGHT][];
    for (int row = 0; row < HEIGHT; row++) {
      for (int column = 0; column < WIDTH; column++) {
        places[row * WIDTH + column] =
            new double[] {
              x[0] + (column + 0.5) / WIDTH * (x[1] - x[0]),
              y[1] - (row + 0.5) / HEIGHT * (y[1] - y[0])
            };
      }
    }
    Tensor grid =
        Tensor.matrix(places).cast(experiment.training().samples().inputs().type().dtype());
    List<Integer> said = ((Targets.Classes) model.predict(grid).target()).labels();
    char[] picture = new char[places.length];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = AREAS.charAt(said.get(i));
    }
    for (int i = 0; i < rows.length; i++) {
      int column = (int) ((rows[i][0] - x[0]) / (x[1] - x[0]) * WIDTH);
      int row = (int) ((y[1] - rows[i][1]) / (y[1] - y[0]) * HEIGHT);
      picture[row * WIDTH + column] = (char) ('0' + truth.labels().get(i));
    }
    Scaling scaling = experiment.preparation().scaling();
    StringBuilder text = new StringBuilder();
    text.append(Shown.line(scaling.names().get(1))).append(" upwards\n");
    for (int row = 0; row < HEIGHT; row++) {
      text.append("  │").append(picture, row * WIDTH, WIDTH).append('\n');
    }
    text.append("  └").append("─".repeat(WIDTH)).append(' ');
    text.append(Shown.line(scaling.names().get(0))).append('\n');
    for (int k = 0; k < truth.names().size(); k++) {
      text.append("  ").append(k).append(" in '").append(AREAS.charAt(k)).append("' is ");
      text.append(Shown.line(truth.names().get(k)));
    }
    return text.toString();
  }

  /** From the least to the most of a column, with room around. */
  private static double[] range(double[][] rows, int column) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double[] row : rows) {
      least = Math.min(least, row[column]);
      most = Math.max(most, row[column]);
    }
    double room = most > least ? (most - least) * ROOM : 1;
    return new double[] {least - room, most + room};
  }
}
