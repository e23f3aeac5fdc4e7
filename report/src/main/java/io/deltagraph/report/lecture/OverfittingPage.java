package io.deltagraph.report.lecture;

import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Tanh;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
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
import java.util.List;
import java.util.Map;

/** A net with far more weights than points, and what becomes of points that it does not see. */
final class OverfittingPage {
  private static final int KNOWN = 12;
  private static final int NEW = 40;
  private static final int STEPS = 1_500;
  private static final int DRAWN = 161;
  private static final int UNITS = 40;
  private static final double RATE = 0.003;
  private static final double NOISE = 0.4;
  private static final double END = 3;

  private OverfittingPage() {}

  static Page page(OpLookup ops) {
    Seeds seeds = Seeds.of(13);
    Samples known = samples(seeds.derive("known").stream(), KNOWN);
    Samples unseen = samples(seeds.derive("new").stream(), NEW);
    OpChoice tanh = OpChoice.of(Tanh.ID);
    Network network =
        Network.build(
            Nets.squared(
                1, List.of(UNITS, UNITS), tanh, 1, OpChoice.of(Identity.ID), new Initialiser.He()),
            ops,
            seeds);
    List<Course.Moment> moments =
        Course.of(network, new Adam(RATE), known, KNOWN, STEPS, KeptSteps.spread(STEPS, 60), seeds);
    int frames = moments.size();
    double[] losses = new double[frames];
    double[] lossesNew = new double[frames];
    double[][] drawn = new double[frames][];
    Tensor across = Tensor.generate(TensorType.of(DType.F64, DRAWN, 1), OverfittingPage::place);
    Map<String, Tensor> first = Course.initial(network);
    try (Watched onKnown =
            new Watched(Map.of(Network.LOSS, network.loss()), first, known.tensors());
        Watched onNew = new Watched(Map.of(Network.LOSS, network.loss()), first, unseen.tensors());
        Watched curve =
            new Watched(
                Map.of(Network.OUTPUTS, network.outputs()),
                first,
                Map.of(Network.INPUTS, across))) {
      for (int i = 0; i < frames; i++) {
        Map<String, Tensor> parameters = moments.get(i).parameters();
        losses[i] = onKnown.at(parameters).number(Network.LOSS);
        lossesNew[i] = onNew.at(parameters).number(Network.LOSS);
        drawn[i] = curve.at(parameters).numbers(Network.OUTPUTS);
      }
    }
    int best = lowest(lossesNew);
    int[] steps = moments.stream().mapToInt(Course.Moment::steps).toArray();
    Film film =
        new Film(
            "fit",
            "A net of " + network.parameterCount() + " numbers learns twelve points",
            frames,
            250);
    List<Panel> panels = new ArrayList<>();
    panels.add(fit(film, drawn, known, unseen));
    panels.add(
        CurvesSoFar.of(
                "loss",
                "Loss so far",
                Axis.between("steps", 0, STEPS),
                Axis.powers("loss", 0.001, 0.9))
            .moving(film, steps, losses, 0)
            .moving(film, steps, lossesNew, 1)
            .named("the twelve points it learns", "forty points it never sees")
            .panel());
    film.fact("Steps", i -> Integer.toString(steps[i]))
        .fact("Loss on the twelve points", i -> ShownNumber.text(losses[i]))
        .fact("Loss on forty new points", i -> ShownNumber.text(lossesNew[i]))
        .fact(
            "Best so far on new points",
            i -> i < best ? "now or later" : "after " + steps[best] + " steps");
    return Page.titled("Overfitting: learning by heart")
        .lead(
            Element.of(
                "p",
                "A net learns twelve noisy points of a sine, and is asked about forty others. See"
                    + " how the curve first takes the shape of the sine and then bends through every"
                    + " point, so that the loss on the twelve still falls while that on the others"
                    + " has long been rising: the place to stop is where the second is lowest."),
            Formula.of("c = 1/(2n) Σ (a − t)^2"),
            Formula.of("t = sin x + noise"))
        .section("watch", "Watch", film.figure(panels))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "1-40-40-1 with tanh, the last layer linear; Adam at a rate of "
                    + ShownNumber.text(RATE)
                    + ", all twelve points in each of "
                    + STEPS
                    + " steps; noise of deviation "
                    + ShownNumber.text(NOISE)
                    + "; weights normal with deviation √(2/fan_in); seed 13."))
        .playing(film.player())
        .number("steps", steps)
        .number("lossOnKnown", losses)
        .number("lossOnNew", lossesNew);
  }

  private static Samples samples(RandomStream random, int count) {
    double[] x = new double[count];
    double[] y = new double[count];
    for (int i = 0; i < count; i++) {
      x[i] = END * (2 * (i + random.nextDouble()) / count - 1);
      y[i] = Math.sin(x[i]) + NOISE * random.nextGaussian();
    }
    TensorType column = TensorType.of(DType.F64, count, 1);
    return new Samples(Tensor.of(column, x), Tensor.of(column, y));
  }

  private static double place(int number) {
    return END * (2.0 * number / (DRAWN - 1) - 1);
  }

  private static int lowest(double[] losses) {
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      best = losses[i] < losses[best] ? i : best;
    }
    return best;
  }

  private static Panel fit(Film film, double[][] drawn, Samples known, Samples unseen) {
    Panel panel =
        new Panel(
            "curve",
            "The net's curve",
            "Twelve points that are learnt, forty that are not, and the net's curve.",
            Axis.between("x", -END, END),
            Axis.between("output", -2.2, 2.2));
    panel.add(Panel.curve(panel.graph(Math::sin), "s7 thin"));
    marks(panel, unseen, 1);
    marks(panel, known, 0);
    panel.add(
        film.changing(
            Panel.curve("", "s3 whole"),
            "points",
            frame -> panel.points(DRAWN, OverfittingPage::place, i -> drawn[frame][i])));
    return panel.note(
        "Dotted: sin x. Drawn through: what the net says. Discs are learnt, squares never seen.");
  }

  private static void marks(Panel panel, Samples samples, int kind) {
    for (int i = 0; i < samples.count(); i++) {
      panel.mark(panel.symbol(kind, samples.inputs().get(i), samples.targets().get(i)));
    }
  }
}
