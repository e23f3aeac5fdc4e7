package io.deltagraph.report.lecture;

import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A line through points, by steps of one row, of ten, and of all (000 §4.4). */
final class BatchSizesPage {
  private static final int ROWS = 60;
  private static final int PASSES = 10;
  private static final int ROWS_A_FRAME = 10;
  private static final int FRAMES = ROWS * PASSES / ROWS_A_FRAME + 1;
  private static final int[] BATCHES = {1, 10, ROWS};
  private static final double RATE = 0.1;
  private static final double SLOPE = 1.5;
  private static final double CONSTANT = -0.5;
  private static final double NOISE = 0.8;
  private static final int PLUS = 5;

  /** Slope, constant and loss after each row that was used, or the last step before it. */
  private static final class Way {
    final int[] rows;
    final double[] slopes;
    final double[] constants;
    final double[] losses;

    Way(int moments) {
      rows = new int[moments];
      slopes = new double[moments];
      constants = new double[moments];
      losses = new double[moments];
    }
  }

  private BatchSizesPage() {}

  static Page page(OpLookup ops) {
    Film film = new Film("batches", "Ten passes over the same sixty rows", FRAMES, 300);
    List<Panel> panels = new ArrayList<>();
    List<Way> ways = new ArrayList<>();
    Samples samples = samples();
    double[] best = best(samples);
    String[] names = {"A step a row", "A step for ten rows", "A step for all sixty"};
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (int i = 0; i < BATCHES.length; i++) {
      Way way = way(ops, samples, BATCHES[i]);
      ways.add(way);
      panels.add(plane(film, way, i, names[i], best, samples));
      numbers.put(
          Integer.toString(BATCHES[i]),
          Map.of("slope", way.slopes, "constant", way.constants, "loss", way.losses));
    }
    int[] seen = new int[FRAMES];
    Arrays.setAll(seen, i -> i * ROWS_A_FRAME);
    double[][] losses = new double[BATCHES.length][];
    Arrays.setAll(losses, i -> atFrames(ways.get(i)));
    CurvesSoFar curves =
        CurvesSoFar.of(
            "loss",
            "Loss so far",
            Axis.between("rows seen", 0, ROWS * PASSES),
            Axis.powers("loss", Arrays.stream(losses).flatMapToDouble(Arrays::stream).toArray()));
    film.fact("Rows seen", i -> seen[i] + ", " + seen[i] / ROWS + " passes");
    for (int i = 0; i < BATCHES.length; i++) {
      double[] loss = losses[i];
      int batch = BATCHES[i];
      curves.moving(film, seen, loss, i);
      film.fact(
          names[i],
          frame ->
              "loss " + ShownNumber.text(loss[frame]) + " after " + seen[frame] / batch + " steps");
    }
    panels.add(curves.named(names).panel());
    return Page.titled("Batch sizes: one, ten, all")
        .lead(
            Element.of(
                "p",
                "Three trainings look for the slope w and the constant b of a line, and see the same"
                    + " rows at the same rate. See how steps of one row come near the best place"
                    + " first but then wander around it, steps of all rows go straight but few, and"
                    + " steps of ten do well in both."),
            Formula.of("w ← w − η/α Σ_{i=1}^α ∂c_i/∂w"),
            Formula.of("α = 1 ,  10 ,  60"))
        .section("watch", "Watch", film.figure(panels))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "Linear regression with half the mean squared error; rows are y = 1.5 x − 0.5 with"
                    + " noise of deviation 0.8; rate "
                    + ShownNumber.text(RATE)
                    + "; seed 9. The cross is the least loss, from the normal equations; the rings"
                    + " are places of equal loss."))
        .playing(film.player())
        .number("ways", numbers);
  }

  private static Samples samples() {
    RandomStream random = Seeds.of(9).derive("rows").stream();
    double[] x = new double[ROWS];
    double[] y = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      x[i] = random.nextDouble(-1.7, 1.7);
      y[i] = SLOPE * x[i] + CONSTANT + NOISE * random.nextGaussian();
    }
    TensorType column = TensorType.of(DType.F64, ROWS, 1);
    return new Samples(Tensor.of(column, x), Tensor.of(column, y));
  }

  private static Way way(OpLookup ops, Samples samples, int batch) {
    Seeds seeds = Seeds.of(9);
    NetworkPlan plan =
        NetworkPlan.linearRegression(1, DType.F64).initialised(new Initialiser.Uniform(-1.2, -1.1));
    Network network = Network.build(plan, ops, seeds);
    Layer line = network.layers().getFirst();
    List<Course.Moment> moments =
        Course.of(
            network,
            new GradientDescent(RATE),
            samples,
            batch,
            PASSES * ROWS / batch,
            KeptSteps.every(1),
            seeds);
    int count = moments.size();
    Way way = new Way(count);
    try (Watched probe =
        new Watched(
            Map.of(Network.LOSS, network.loss()), Course.initial(network), samples.tensors())) {
      for (int i = 0; i < count; i++) {
        Course.Moment moment = moments.get(i);
        way.rows[i] = moment.steps() * batch;
        way.slopes[i] = moment.parameter(line.weights()).get(0);
        way.constants[i] = moment.parameter(line.bias()).get(0);
        way.losses[i] = probe.at(moment.parameters()).number(Network.LOSS);
      }
    }
    return way;
  }

  /** How many of the moments had come when so many rows were seen. */
  private static int come(Way way, int frame) {
    int come = 0;
    while (come < way.rows.length && way.rows[come] <= frame * ROWS_A_FRAME) {
      come++;
    }
    return come;
  }

  private static double[] atFrames(Way way) {
    double[] losses = new double[FRAMES];
    Arrays.setAll(losses, frame -> way.losses[come(way, frame) - 1]);
    return losses;
  }

  /** The middle of the rings: {@code XᵀX θ = Xᵀ y} for a line, written out. */
  static double[] best(Samples samples) {
    double[] x = samples.inputs().toDoubles();
    double[] y = samples.targets().toDoubles();
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double together = 0;
    double square = 0;
    for (int i = 0; i < x.length; i++) {
      together += (x[i] - meanX) * (y[i] - meanY);
      square += (x[i] - meanX) * (x[i] - meanX);
    }
    double slope = together / square;
    return new double[] {slope, meanY - slope * meanX};
  }

  private static Panel plane(
      Film film, Way way, int number, String title, double[] best, Samples samples) {
    Panel panel =
        new Panel(
            "batch" + BATCHES[number],
            title,
            "Rings of equal loss, and the way of the training over them.",
            Axis.between("w", -1.5, 2.5),
            Axis.between("b", -2, 2));
    for (double level : new double[] {0.05, 0.2, 0.5, 1, 2}) {
      panel.add(Panel.curve(ring(panel, best, samples, level), "ring thin"));
    }
    panel.mark(panel.symbol(PLUS, best[0], best[1]).with("class", "mark f7"));
    panel.add(
        film.changing(
            Panel.curve("", "s" + (number + 1) + " whole thin"),
            "points",
            frame -> panel.points(come(way, frame), i -> way.slopes[i], i -> way.constants[i])));
    panel.mark(
        film.changing(
            Panel.symbol(number),
            "transform",
            frame -> {
              int last = come(way, frame) - 1;
              return panel.place(way.slopes[last], way.constants[last]);
            }));
    return panel;
  }

  /** Where the loss is that much above the least: an ellipse. */
  private static String ring(Panel panel, double[] best, Samples samples, double level) {
    double[] x = samples.inputs().toDoubles();
    double mean = Arrays.stream(x).average().orElseThrow();
    double square = Arrays.stream(x).map(each -> each * each).average().orElseThrow();
    int count = 73;
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      double w = Math.cos(2 * Math.PI * i / (count - 1));
      double b = Math.sin(2 * Math.PI * i / (count - 1));
      // ½ (square w² + 2 mean w b + b²) is the loss above the least at (w, b) from the middle.
      double far = Math.sqrt(2 * level / (square * w * w + 2 * mean * w * b + b * b));
      points[i] = new double[] {best[0] + far * w, best[1] + far * b};
    }
    return panel.points(count, i -> points[i][0], i -> points[i][1]);
  }
}
