package io.deltagraph.report.lecture;

import io.deltagraph.activations.Identity;
import io.deltagraph.activations.Tanh;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.losses.HalfSquaredError;
import io.deltagraph.losses.LossReduction;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.LayerPlan;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.Adam;
import io.deltagraph.optimizers.Schedules;
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

/**
 * A net of seven layers, the inputs counted, that learns the curve of gradient descent (000 §4.4).
 */
final class SevenLayersPage {
  private static final int ROWS = 160;
  private static final int BATCH = 10;
  private static final int STEPS = 2_400;
  private static final double END = 8;
  private static final int UNITS = 12;
  private static final double RATE = 0.005;

  private SevenLayersPage() {}

  static Page page(OpLookup ops) {
    Seeds seeds = Seeds.of(7);
    Network network = Network.build(plan(), ops, seeds);
    Samples samples = samples();
    List<Course.Moment> moments =
        Course.of(
            network,
            new Adam(Schedules.cosine(RATE, 0, STEPS), 0.9, 0.999, 1e-8),
            samples,
            BATCH,
            STEPS,
            KeptSteps.spread(STEPS, 60),
            seeds);
    int frames = moments.size();
    double[][] drawn = new double[frames][];
    double[] losses = new double[frames];
    double[][] norms = new double[frames][];
    Map<String, Value> watched = new LinkedHashMap<>();
    watched.put(Network.LOSS, network.loss());
    watched.put(Network.OUTPUTS, network.outputs());
    List<Layer> layers = network.layers();
    Gradient gradient = Gradient.of(network.loss(), layers.stream().map(Layer::weights).toList());
    layers.forEach(layer ->
        watched.put(
            layer.name(), gradient.wrt(layer.weights()).square().sum(List.of(0, 1), false).sqrt()));
    try (Watched probe = new Watched(watched, Course.initial(network), samples.tensors())) {
      for (int i = 0; i < frames; i++) {
        probe.at(moments.get(i).parameters());
        losses[i] = probe.number(Network.LOSS);
        drawn[i] = probe.numbers(Network.OUTPUTS);
        norms[i] = layers.stream().mapToDouble(layer -> probe.number(layer.name())).toArray();
      }
    }
    Film film = new Film("fit", "The curve of the net, step by step", frames, 250);
    Panel curve =
        new Panel(
            "curve",
            "The net's curve and the right one",
            "The right curve as a thin line, and the curve of the net, which comes near to it.",
            Axis.between("x", -END, END),
            Axis.between("output", -1.5, 3));
    double[] xs = inputs();
    curve.add(
        Panel.curve(curve.points(ROWS, i -> xs[i], i -> GradientDescentPage.curve(xs[i])), "s7"));
    curve.add(
        film.changing(
            Panel.curve("", "s2 whole"),
            "points",
            frame -> curve.points(ROWS, i -> xs[i], i -> drawn[frame][i])));
    curve.note("Dotted: the curve f. Drawn through: what the net says.");
    List<Panel> panels = new ArrayList<>(List.of(curve));
    int[] steps = moments.stream().mapToInt(Course.Moment::steps).toArray();
    panels.add(CurvesSoFar.losses(STEPS, losses).moving(film, steps, losses, 0).panel());
    panels.add(norms(film, norms));
    film.fact("Steps", i -> Integer.toString(steps[i]))
        .fact("Loss", i -> ShownNumber.text(losses[i]));
    return Page.titled("Seven layers learn a curve")
        .lead(
            Element.of(
                "p",
                "A net of seven layers, the input counted, sees points of the curve, ten at a time."
                    + " See how the rough shape comes first and the small valleys last, and that"
                    + " at first the gradient is smallest in the layers farthest from the cost."),
            Formula.of("a^{(l)} = tanh(W^{(l)} a^{(l−1)} + b^{(l)})"),
            Formula.of("c = 1/(2n) Σ (a^{(7)} − f(x))^2"),
            Formula.of("f(x) = σ(x) + sin x + cos^2 x"))
        .section("watch", "Watch", film.figure(panels))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "1-12-12-12-12-12-1, tanh, the last layer linear; Adam at a rate that falls from "
                    + ShownNumber.text(RATE)
                    + " to 0, "
                    + STEPS
                    + " steps of ten points; weights normal with deviation 1/√fan_in; seed 7. The"
                    + " inputs are divided by 8."))
        .playing(film.player())
        .number("steps", steps)
        .number("loss", losses)
        .number("gradientNormByLayer", norms);
  }

  static NetworkPlan plan() {
    Initialiser normal = new Initialiser.NormalFanIn();
    List<LayerPlan> layers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      layers.add(new LayerPlan(UNITS, OpChoice.of(Tanh.ID), normal));
    }
    layers.add(new LayerPlan(1, OpChoice.of(Identity.ID), normal));
    OpChoice loss =
        OpChoice.of(HalfSquaredError.ID, LossReduction.ATTRIBUTE, LossReduction.MEAN.text());
    return new NetworkPlan(1, layers, false, loss, 0, 0, DType.F64);
  }

  private static double[] inputs() {
    double[] xs = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      xs[i] = END * (2.0 * i / (ROWS - 1) - 1);
    }
    return xs;
  }

  private static Samples samples() {
    double[] xs = inputs();
    TensorType column = TensorType.of(DType.F64, ROWS, 1);
    return new Samples(
        Tensor.generate(column, i -> xs[i] / END),
        Tensor.generate(column, i -> GradientDescentPage.curve(xs[i])));
  }

  private static Panel norms(Film film, double[][] norms) {
    int layers = norms[0].length;
    Panel panel =
        new Panel(
            "norms",
            "Gradient of each layer's weights",
            "A bar for each layer, as long as the norm of its gradient.",
            Axis.between("layer of weights", 0.4, layers + 0.6),
            Axis.powers("‖∂c/∂W‖", Arrays.stream(norms).flatMapToDouble(Arrays::stream).toArray()));
    for (int layer = 0; layer < layers; layer++) {
      panel.bar(film, layer + 0.7, layer + 1.3, norms, layer);
    }
    return panel;
  }
}
