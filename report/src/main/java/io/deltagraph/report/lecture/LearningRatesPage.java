package io.deltagraph.report.lecture;

import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Tanh;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One net, one start, four rates. */
final class LearningRatesPage {
  private static final int STEPS = 240;
  private static final int EVERY = 4;
  private static final double[] RATES = {0.002, 0.02, 0.3, 1.5};
  private static final int FRAMES = STEPS / EVERY + 1;
  private static final int ROWS = 41;
  private static final double END = 2;

  /** The loss, and the net's curve, at each frame. */
  static final class Seen {
    final double[] losses = new double[FRAMES];
    final double[][] curves = new double[FRAMES][];
  }

  private LearningRatesPage() {}

  static Page page(OpLookup ops) {
    Film film = new Film("rates", "The same net from the same start at four rates", FRAMES, 200);
    int[] steps = new int[FRAMES];
    Arrays.setAll(steps, i -> i * EVERY);
    Panel fit =
        new Panel(
            "curves",
            "The nets' curves and the right one",
            "The right curve as a thin line, and the curves of the four nets.",
            Axis.between("x", -END, END),
            Axis.between("output", -2, 2));
    fit.add(Panel.curve(fit.graph(LearningRatesPage::right), "s7 whole thin"));
    fit.note("Thin: sin 2x. The others are the nets, drawn as their losses beside.");
    CurvesSoFar loss =
        CurvesSoFar.of(
            "loss", "Loss so far", Axis.between("steps", 0, STEPS), Axis.powers("loss", 0.001, 10));
    film.fact("Steps", i -> Integer.toString(steps[i]));
    String[] names = new String[RATES.length];
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (int i = 0; i < RATES.length; i++) {
      Seen seen = seen(ops, RATES[i]);
      names[i] = "η = " + ShownNumber.text(RATES[i]);
      loss.moving(film, steps, seen.losses, i);
      fit.add(
          film.changing(
              Panel.curve("", "s" + (i + 1)),
              "points",
              frame -> fit.points(ROWS, LearningRatesPage::place, k -> seen.curves[frame][k])));
      film.fact("Loss at " + names[i], frame -> ShownNumber.text(seen.losses[frame]));
      numbers.put(ShownNumber.text(RATES[i]), texts(seen.losses));
    }
    return Page.titled("Learning rates")
        .lead(
            Element.of(
                "p",
                "Four copies of one net differ in nothing but the rate. See how the two small rates"
                    + " come down the slower the smaller they are, the third is there soon, and the"
                    + " largest leaves the picture: each of its steps goes so far over the valley that"
                    + " the next is larger still, until the numbers end."),
            Formula.of("w ← w − η ∂c/∂w"))
        .section("watch", "Watch", film.figure(List.of(fit, loss.named(names).panel())))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "1-8-1 with tanh, the last layer linear, half the mean squared error on 41 points of"
                    + " sin 2x, all of them in each of "
                    + STEPS
                    + " steps of gradient descent; weights normal with deviation 1/√fan_in; seed"
                    + " 8."))
        .playing(film.player())
        .number("steps", steps)
        .number("lossByRate", numbers);
  }

  /** JSON has no word for numbers that are not finite. */
  private static List<String> texts(double[] losses) {
    return Arrays.stream(losses).mapToObj(Double::toString).toList();
  }

  private static double right(double x) {
    return Math.sin(2 * x);
  }

  private static double place(int row) {
    return END * (2.0 * row / (ROWS - 1) - 1);
  }

  static Seen seen(OpLookup ops, double rate) {
    Seeds seeds = Seeds.of(8);
    TensorType column = TensorType.of(DType.F64, ROWS, 1);
    Samples samples =
        new Samples(
            Tensor.generate(column, LearningRatesPage::place),
            Tensor.generate(column, i -> right(place(i))));
    Network network =
        Network.build(
            Nets.squared(
                1,
                List.of(8),
                OpChoice.of(Tanh.ID),
                1,
                OpChoice.of(Identity.ID),
                new Initialiser.NormalFanIn()),
            ops,
            seeds);
    List<Course.Moment> moments =
        Course.of(
            network,
            new GradientDescent(rate),
            samples,
            ROWS,
            STEPS,
            KeptSteps.every(EVERY),
            seeds);
    Seen seen = new Seen();
    try (Watched probe =
        new Watched(
            Map.of(Network.LOSS, network.loss(), Network.OUTPUTS, network.outputs()),
            Course.initial(network),
            samples.tensors())) {
      for (int i = 0; i < FRAMES; i++) {
        probe.at(moments.get(i).parameters());
        seen.losses[i] = probe.number(Network.LOSS);
        seen.curves[i] = probe.numbers(Network.OUTPUTS);
      }
    }
    return seen;
  }
}
