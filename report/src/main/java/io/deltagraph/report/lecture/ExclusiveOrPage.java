package io.deltagraph.report.lecture;

import io.deltagraph.activations.Tanh;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
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

/** Exclusive or, by a net without a hidden layer and by one with four hidden neurons (000 §2.1). */
final class ExclusiveOrPage {
  private static final int STEPS = 600;
  private static final double RATE = 0.5;
  private static final double LOW = -0.5;
  private static final double HIGH = 1.5;
  private static final Points CORNERS =
      new Points(
          List.of(
              new Points.Point(0, 0, 0),
              new Points.Point(0, 1, 1),
              new Points.Point(1, 0, 1),
              new Points.Point(1, 1, 0)));

  /** A net, and what it said at each moment. */
  private static final class Seen {
    final double[] losses;
    final double[][] outputs;
    final double[][] plane;

    Seen(int moments) {
      losses = new double[moments];
      outputs = new double[moments][];
      plane = new double[moments][];
    }
  }

  private ExclusiveOrPage() {}

  static Page page(OpLookup ops) {
    List<Course.Moment> lone = new ArrayList<>();
    Seen without = seen(ops, List.of(), lone);
    Seen with = seen(ops, List.of(4), new ArrayList<>());
    int frames = lone.size();
    int[] steps = lone.stream().mapToInt(Course.Moment::steps).toArray();
    Film film = new Film("xor", "Exclusive or with a hidden layer and without", frames, 250);
    List<Panel> panels = new ArrayList<>();
    panels.add(plane(film, "without", "No hidden layer", without));
    panels.add(plane(film, "with", "Four hidden neurons", with));
    panels.add(
        CurvesSoFar.losses(STEPS, without.losses, with.losses)
            .moving(film, steps, without.losses, 0)
            .moving(film, steps, with.losses, 1)
            .named("no hidden layer", "four hidden neurons")
            .panel());
    film.fact("Steps", i -> Integer.toString(steps[i]));
    DataTable table =
        DataTable.of("What the nets say", "Inputs", "#Right", "#No hidden layer", "#Four neurons");
    for (int row = 0; row < 4; row++) {
      int corner = row;
      Points.Point point = CORNERS.all().get(row);
      table =
          table.row(
              Content.text("%.0f, %.0f".formatted(point.x(), point.y())),
              Content.text(Integer.toString(point.kind())),
              film.saying(Element.of("span"), i -> fixed(without.outputs[i][corner])),
              film.saying(Element.of("span"), i -> fixed(with.outputs[i][corner])));
    }
    return Page.titled("Exclusive or needs a hidden layer")
        .lead(
            Element.of(
                "p",
                "Both nets learn from the same four corners. See how the net without a hidden layer"
                    + " has only a straight line and stays at one half everywhere, while four hidden"
                    + " neurons bend the plane until each corner lies on its side."),
            Formula.of("a = σ(w · x + b)"),
            Formula.of("a = σ(w^{(2)} · tanh(W^{(1)} x + b^{(1)}) + b^{(2)})"))
        .section(
            "watch",
            "Watch",
            film.figure(
                panels,
                Points.key("0", "1, and the shaded part is where the net says 1"),
                table.element()))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "Cross entropy, gradient descent on all four rows at a rate of "
                    + ShownNumber.text(RATE)
                    + ", "
                    + STEPS
                    + " steps; weights normal with deviation 1/√fan_in; seed 2."))
        .playing(film.player())
        .number("steps", steps)
        .number("loss", Map.of("noHiddenLayer", without.losses, "fourNeurons", with.losses));
  }

  private static Seen seen(OpLookup ops, List<Integer> hidden, List<Course.Moment> moments) {
    Seeds seeds = Seeds.of(2);
    NetworkPlan plan =
        Nets.twoClasses(2, hidden, OpChoice.of(Tanh.ID), new Initialiser.NormalFanIn());
    Network network = Network.build(plan, ops, seeds);
    Samples samples = CORNERS.samples();
    moments.addAll(
        Course.of(
            network,
            new GradientDescent(RATE),
            samples,
            4,
            STEPS,
            KeptSteps.spread(STEPS, 50),
            seeds));
    Map<String, Tensor> first = Course.initial(network);
    Regions regions = new Regions(empty(), LOW, HIGH);
    Seen seen = new Seen(moments.size());
    try (Watched rows =
            new Watched(
                Map.of(Network.LOSS, network.loss(), Network.OUTPUTS, network.outputs()),
                first,
                samples.tensors());
        Watched grid =
            new Watched(
                Map.of(Network.OUTPUTS, network.outputs()),
                first,
                Map.of(Network.INPUTS, regions.corners()))) {
      for (int i = 0; i < moments.size(); i++) {
        rows.at(moments.get(i).parameters());
        seen.losses[i] = rows.number(Network.LOSS);
        seen.outputs[i] = rows.numbers(Network.OUTPUTS);
        seen.plane[i] = grid.at(moments.get(i).parameters()).numbers(Network.OUTPUTS);
      }
    }
    return seen;
  }

  private static Panel empty() {
    return new Panel("", "", "", Axis.between("", LOW, HIGH), Axis.between("", LOW, HIGH));
  }

  private static Panel plane(Film film, String id, String title, Seen seen) {
    Panel panel =
        new Panel(
            id,
            title,
            "The four corners of a square, and where the net says 1.",
            Axis.between("x₁", LOW, HIGH),
            Axis.between("x₂", LOW, HIGH));
    Regions regions = new Regions(panel, LOW, HIGH);
    panel.add(
        film.changing(
            Element.of("path").with("class", "area2"), "d", i -> regions.area(seen.plane[i])));
    panel.add(
        film.changing(
            Element.of("path").with("class", "curve s7 whole"),
            "d",
            i -> regions.line(seen.plane[i])));
    CORNERS.marks(panel).forEach(panel::mark);
    return panel;
  }

  private static String fixed(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
