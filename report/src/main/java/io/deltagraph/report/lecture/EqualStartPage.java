package io.deltagraph.report.lecture;

import io.deltagraph.activations.Sigmoid;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Four hidden neurons that start at zero and stay equal, beside four that do not (001). */
final class EqualStartPage {
  private static final int HIDDEN = 4;
  private static final int STEPS = 2_000;
  private static final double RATE = 1;
  private static final double FAR = 6;

  /** A net's way. */
  static final class Seen {
    /** By moment and hidden neuron, its two weights. */
    final double[][][] weights;

    /** By moment. */
    final double[] losses;

    Seen(int moments) {
      weights = new double[moments][][];
      losses = new double[moments];
    }
  }

  private EqualStartPage() {}

  static Page page(OpLookup ops) {
    Points points =
        Points.clouds(
            Seeds.of(6).derive("points").stream(),
            new int[] {12, 8},
            new double[] {0.9, 0.9},
            new double[] {-0.3, -0.6},
            0.7);
    List<Course.Moment> moments = new ArrayList<>();
    Seen zeros = seen(ops, points, new Initialiser.Zeros(), moments);
    Seen normal = seen(ops, points, new Initialiser.NormalFanIn(), new ArrayList<>());
    int[] steps = moments.stream().mapToInt(Course.Moment::steps).toArray();
    Film film = new Film("weights", "The weights of four hidden neurons", moments.size(), 250);
    List<Panel> panels = new ArrayList<>();
    panels.add(plane(film, "zeros", "All weights start at 0", zeros));
    panels.add(plane(film, "normal", "Weights from N(0, 1/√fan_in)", normal));
    panels.add(
        CurvesSoFar.losses(STEPS, zeros.losses, normal.losses)
            .moving(film, steps, zeros.losses, 0)
            .moving(film, steps, normal.losses, 1)
            .named("all weights start at 0", "weights from N(0, 1/√fan_in)")
            .panel());
    film.fact("Steps", i -> Integer.toString(steps[i]));
    DataTable table =
        DataTable.of("The two weights of each hidden neuron", "Neuron", "#Start at 0", "#Normal");
    for (int neuron = 0; neuron < HIDDEN; neuron++) {
      int number = neuron;
      table =
          table.row(
              Content.text(Integer.toString(neuron + 1)),
              film.saying(Element.of("span"), i -> pair(zeros.weights[i][number])),
              film.saying(Element.of("span"), i -> pair(normal.weights[i][number])));
    }
    return Page.titled("Zero start: neurons that stay equal")
        .lead(
            Element.of(
                "p",
                "Each mark is a hidden neuron, placed by its two weights. See how the four that"
                    + " start at 0 get the same δ in every step and move as one, so that the net has"
                    + " only one hidden neuron in truth, while the four that start apart each find"
                    + " work of their own."),
            Formula.of("δ_j = σ′(z_j) v_j δ"),
            Formula.of("v_1 = v_2 ,  w_1 = w_2  ⇒  δ_1 = δ_2"))
        .section("watch", "Watch", film.figure(panels, table.element()))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "2-4-1 with σ, cross entropy, gradient descent on all 20 points of two clouds (12 and 8) at a"
                    + " rate of "
                    + ShownNumber.text(RATE)
                    + ", "
                    + STEPS
                    + " steps; v are the weights of the output, and seed 6. The weights do move:"
                    + " with φ(0) = 0, such as tanh, they would not, nor with as many points of each"
                    + " class."))
        .playing(film.player())
        .number("steps", steps)
        .number("hiddenWeights", Map.of("zeros", zeros.weights, "normal", normal.weights));
  }

  static Seen seen(
      OpLookup ops, Points points, Initialiser initialiser, List<Course.Moment> moments) {
    Seeds seeds = Seeds.of(6);
    Network network =
        Network.build(
            Nets.twoClasses(2, List.of(HIDDEN), OpChoice.of(Sigmoid.ID), initialiser), ops, seeds);
    Samples samples = points.samples();
    moments.addAll(
        Course.of(
            network,
            new GradientDescent(RATE),
            samples,
            samples.count(),
            STEPS,
            KeptSteps.spread(STEPS, 60),
            seeds));
    Layer hidden = network.layers().getFirst();
    Seen seen = new Seen(moments.size());
    try (Watched probe =
        new Watched(
            Map.of(Network.LOSS, network.loss()), Course.initial(network), samples.tensors())) {
      for (int i = 0; i < moments.size(); i++) {
        Tensor all = moments.get(i).parameter(hidden.weights());
        seen.weights[i] = all.toRows();
        seen.losses[i] = probe.at(moments.get(i).parameters()).number(Network.LOSS);
      }
    }
    return seen;
  }

  private static Panel plane(Film film, String id, String title, Seen seen) {
    Panel panel =
        new Panel(
            id,
            title,
            "Four marks, each at the two weights of a neuron.",
            Axis.between("w₁", -FAR, FAR),
            Axis.between("w₂", -FAR, FAR));
    double[][][] at = seen.weights;
    for (int neuron = 0; neuron < HIDDEN; neuron++) {
      int number = neuron;
      panel.add(
          film.changing(
              Panel.curve("", "s" + (number + 1)),
              "points",
              frame -> panel.points(frame + 1, i -> at[i][number][0], i -> at[i][number][1])));
    }
    for (int neuron = 0; neuron < HIDDEN; neuron++) {
      int number = neuron;
      panel.mark(
          film.changing(
              Panel.symbol(number),
              "transform",
              i -> panel.place(at[i][number][0], at[i][number][1])));
    }
    return panel.note(
        "Neuron 1 is the disc, 2 the square, 3 the triangle, 4 the diamond; behind each lies its way.");
  }

  private static String pair(double[] weights) {
    return String.format(Locale.ROOT, "(%.3f, %.3f)", weights[0], weights[1]).replace('-', '−');
  }
}
