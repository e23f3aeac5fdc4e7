package io.deltagraph.report.lecture;

import io.deltagraph.activations.Sigmoid;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What weights from [0, 1] make of hidden neurons, beside normal ones (000 §4.5). */
final class SaturationPage {
  private static final int ROWS = 300;
  private static final int HIDDEN = 30;
  private static final int STEPS = 900;
  private static final double RATE = 1;
  private static final int BINS = 10;
  private static final double FLAT = 6;

  /** What there was to see at each moment. */
  private static final class Seen {
    final double[] losses;

    /** How large a share of the hidden activations is in each tenth from 0 to 1. */
    final double[][] bins;

    /** The share of hidden pre-activations outside [−6, 6]. */
    final double[] flat;

    /** The share of digits that are told right. */
    final double[] right;

    Seen(int moments) {
      losses = new double[moments];
      bins = new double[moments][BINS];
      flat = new double[moments];
      right = new double[moments];
    }
  }

  private SaturationPage() {}

  static Page page(OpLookup ops) {
    List<Course.Moment> moments = new ArrayList<>();
    Seen wide = seen(ops, new Initialiser.Uniform(0, 1), moments);
    Seen normal = seen(ops, new Initialiser.NormalFanIn(), new ArrayList<>());
    int[] steps = moments.stream().mapToInt(Course.Moment::steps).toArray();
    Film film =
        new Film("saturation", "Two nets that differ in their first weights", moments.size(), 300);
    List<Panel> panels = new ArrayList<>();
    panels.add(histogram(film, "wide", "Weights from [0, 1]", wide));
    panels.add(histogram(film, "normal", "Weights from N(0, 1/√fan_in)", normal));
    panels.add(
        CurvesSoFar.losses(STEPS, wide.losses, normal.losses)
            .moving(film, steps, wide.losses, 0)
            .moving(film, steps, normal.losses, 1)
            .named("weights from [0, 1]", "weights from N(0, 1/√fan_in)")
            .panel());
    film.fact("Steps", i -> Integer.toString(steps[i]))
        .fact("Hidden |z| above 6", i -> both(wide.flat[i], normal.flat[i]))
        .fact("Digits told right", i -> both(wide.right[i], normal.right[i]));
    return Page.titled("Saturation: weights that are too large")
        .lead(
            Element.of(
                "p",
                "Two nets learn digits and differ only in how their first weights were drawn. See"
                    + " how all hidden neurons of the first stand at 1, where the slope of σ is"
                    + " nearly 0, and stay there, while those of the second use the whole range."),
            Formula.of("a = σ(z) ,  σ′(z) = a (1 − a)"),
            Formula.of("σ′(6) ≈ 0.0025"),
            Formula.of("δ^{(l)} = σ′(z^{(l)}) ⊙ (δ^{(l+1)} W^{(l+1)})"))
        .section("watch", "Watch", film.figure(panels))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "64-30-10 on "
                    + ROWS
                    + " digits, σ in both layers, half the squared distance, steps of ten rows at a"
                    + " rate of "
                    + ShownNumber.text(RATE)
                    + "; seed 4. Pixels are divided by 16; biases start at 0."))
        .playing(film.player())
        .number("steps", steps)
        .number("loss", Map.of("uniform", wide.losses, "normal", normal.losses))
        .number("shareOutside6", Map.of("uniform", wide.flat, "normal", normal.flat));
  }

  private static Seen seen(OpLookup ops, Initialiser initialiser, List<Course.Moment> moments) {
    Seeds seeds = Seeds.of(4);
    OpChoice sigmoid = OpChoice.of(Sigmoid.ID);
    NetworkPlan plan =
        Nets.squared(64, List.of(HIDDEN), sigmoid, Digits.CLASSES, sigmoid, initialiser);
    Network network = Network.build(plan, ops, seeds);
    Digits digits = Digits.rows(0, ROWS);
    moments.addAll(
        Course.of(
            network,
            new GradientDescent(RATE),
            digits.samples(Digits.Code.ONE_EACH),
            10,
            STEPS,
            KeptSteps.spread(STEPS, 40),
            seeds));
    int frames = moments.size();
    Seen seen = new Seen(frames);
    try (Watched probe =
        new Watched(
            Map.of(
                Network.LOSS,
                network.loss(),
                Network.OUTPUTS,
                network.outputs(),
                "z",
                network.layers().getFirst().preActivation()),
            Course.initial(network),
            digits.samples(Digits.Code.ONE_EACH).tensors())) {
      for (int i = 0; i < frames; i++) {
        probe.at(moments.get(i).parameters());
        double[] z = probe.numbers("z");
        seen.losses[i] = probe.number(Network.LOSS);
        seen.right[i] = digits.right(probe.numbers(Network.OUTPUTS), Digits.Code.ONE_EACH);
        for (double each : z) {
          double a = 1 / (1 + Math.exp(-each));
          seen.bins[i][Math.min(BINS - 1, (int) (a * BINS))] += 1.0 / z.length;
          seen.flat[i] += Math.abs(each) > FLAT ? 1.0 / z.length : 0;
        }
      }
    }
    return seen;
  }

  private static Panel histogram(Film film, String id, String title, Seen seen) {
    Panel panel =
        new Panel(
            id,
            title,
            "How the activations of the hidden neurons are spread between 0 and 1.",
            Axis.between("activation of a hidden neuron", 0, 1),
            Axis.between("share", 0, 1));
    for (int bin = 0; bin < BINS; bin++) {
      panel.bar(film, (bin + 0.05) / BINS, (bin + 0.95) / BINS, seen.bins, bin);
    }
    return panel;
  }

  private static String both(double first, double second) {
    return String.format(
        Locale.ROOT, "[0, 1]: %.1f %%, normal: %.1f %%", 100 * first, 100 * second);
  }
}
