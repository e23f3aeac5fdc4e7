package io.deltagraph.report.lecture;

import io.deltagraph.activations.Sigmoid;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Network;
import io.deltagraph.models.OpChoice;
import io.deltagraph.optimizers.GradientDescent;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.drawing.Chart;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.training.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Ten digits told by four outputs, as a number in base two, and by ten (000 §2.2). */
final class BinaryCodePage {
  private static final int ROWS = 400;
  private static final int NEW = 400;
  private static final int HIDDEN = 20;
  private static final int STEPS = 4_000;
  private static final double RATE = 1;
  private static final int EXAMPLE = 7;

  /** The share of new digits told right, and the outputs for the example, at each moment. */
  private static final class Seen {
    final double[] right;
    final double[][] outputs;

    Seen(int moments) {
      right = new double[moments];
      outputs = new double[moments][];
    }
  }

  private BinaryCodePage() {}

  static Page page(OpLookup ops) {
    List<Course.Moment> moments = new ArrayList<>();
    Digits known = Digits.rows(0, ROWS);
    Digits unseen = Digits.rows(ROWS, ROWS + NEW);
    int example = unseen.digits().indexOf(EXAMPLE);
    Seen four = seen(ops, known, unseen, Digits.Code.BINARY, example, moments);
    Seen ten = seen(ops, known, unseen, Digits.Code.ONE_EACH, example, new ArrayList<>());
    int[] steps = moments.stream().mapToInt(Course.Moment::steps).toArray();
    Film film = new Film("codes", "Two nets tell ten digits", moments.size(), 300);
    List<Panel> panels = new ArrayList<>();
    panels.add(
        bars(film, "four", "Four outputs for this 7: 1 + 2 + 4 + 0", four, Digits.Code.BINARY));
    panels.add(bars(film, "ten", "Ten outputs for this 7", ten, Digits.Code.ONE_EACH));
    panels.add(
        CurvesSoFar.of(
                "right",
                "New digits told right",
                Axis.between("steps", 0, STEPS),
                Axis.between("share", 0, 1))
            .moving(film, steps, four.right, 0)
            .moving(film, steps, ten.right, 1)
            .named("four outputs", "ten outputs")
            .panel());
    film.fact("Steps", i -> Integer.toString(steps[i]))
        .fact("Four outputs", i -> percent(four.right[i]) + says(four, i, Digits.Code.BINARY))
        .fact("Ten outputs", i -> percent(ten.right[i]) + says(ten, i, Digits.Code.ONE_EACH));
    return Page.titled("Ten digits on four outputs")
        .lead(
            Element.of(
                "p",
                "Four bits are enough to name ten digits, so four outputs could do. See how the net"
                    + " with four outputs learns more slowly and makes more mistakes than the one with"
                    + " ten: each of its outputs has to gather digits that look nothing alike, and one"
                    + " wrong bit names another digit."),
            Formula.of("⌈log_2 10⌉ = 4"),
            Formula.of("digit = a_1 + 2 a_2 + 4 a_3 + 8 a_4"))
        .section("watch", "Watch", film.figure(panels, picture(unseen, example)))
        .section(
            "how",
            "How it was made",
            Element.of(
                "p",
                "64-20-4 and 64-20-10 with σ, half the squared distance, steps of ten rows at a rate of "
                    + ShownNumber.text(RATE)
                    + ", on "
                    + ROWS
                    + " digits; scored on "
                    + NEW
                    + " others; weights normal with deviation 1/√fan_in; seed 11. Bits above ½ count"
                    + " as 1, so that four outputs can also name 10 to 15, which is no digit."))
        .playing(film.player())
        .number("steps", steps)
        .number("shareRight", Map.of("fourOutputs", four.right, "tenOutputs", ten.right));
  }

  private static Seen seen(
      OpLookup ops,
      Digits known,
      Digits unseen,
      Digits.Code code,
      int example,
      List<Course.Moment> moments) {
    Seeds seeds = Seeds.of(11);
    OpChoice sigmoid = OpChoice.of(Sigmoid.ID);
    Network network =
        Network.build(
            Nets.squared(
                64,
                List.of(HIDDEN),
                sigmoid,
                code.outputs(),
                sigmoid,
                new Initialiser.NormalFanIn()),
            ops,
            seeds);
    moments.addAll(
        Course.of(
            network,
            new GradientDescent(RATE),
            known.samples(code),
            10,
            STEPS,
            KeptSteps.spread(STEPS, 50),
            seeds));
    Samples rows = unseen.samples(code);
    Seen seen = new Seen(moments.size());
    try (Watched probe =
        new Watched(
            Map.of(Network.OUTPUTS, network.outputs()),
            Course.initial(network),
            Map.of(Network.INPUTS, rows.inputs()))) {
      for (int i = 0; i < moments.size(); i++) {
        double[] outputs = probe.at(moments.get(i).parameters()).numbers(Network.OUTPUTS);
        seen.right[i] = unseen.right(outputs, code);
        seen.outputs[i] =
            Arrays.copyOfRange(outputs, example * code.outputs(), (example + 1) * code.outputs());
      }
    }
    return seen;
  }

  private static Panel bars(Film film, String id, String title, Seen seen, Digits.Code code) {
    int outputs = code.outputs();
    Panel panel =
        new Panel(
            id,
            title,
            "A bar for each output, and the height that is right.",
            Axis.between(
                code == Digits.Code.BINARY ? "output; they count 1, 2, 4, 8" : "output, 0 to 9",
                -0.5,
                outputs - 0.5),
            Axis.between("value", -0.05, 1.05));
    for (int output = 0; output < outputs; output++) {
      panel.bar(film, output - 0.3, output + 0.3, seen.outputs, output);
      double left = panel.x(output - 0.4);
      double right = panel.y(code.bit(EXAMPLE, output));
      panel.add(Chart.line("curve s2 whole", left, right, panel.x(output + 0.4), right));
    }
    return panel.note("Bars: what the net says. Lines across: what is right.");
  }

  private static Element picture(Digits digits, int row) {
    Element svg =
        Element.of("svg")
            .with("viewBox", "0 0 " + Digits.side() + " " + Digits.side())
            .with("width", 96)
            .with("height", 96)
            .with("role", "img")
            .with("aria-label", "The digit that the bars are of, a 7.");
    for (int y = 0; y < Digits.side(); y++) {
      for (int x = 0; x < Digits.side(); x++) {
        svg =
            svg.containing(
                Element.of("rect")
                    .with("class", "f7")
                    .with("x", x)
                    .with("y", y)
                    .with("width", 1)
                    .with("height", 1)
                    .with(
                        "fill-opacity", String.format(Locale.ROOT, "%.2f", digits.ink(row, x, y))));
      }
    }
    return Element.of(
        "div", Element.of("p", "The digit that the bars are of:").with("class", "note"), svg);
  }

  private static String says(Seen seen, int frame, Digits.Code code) {
    return " of new digits told right; this one is taken for " + code.read(seen.outputs[frame], 0);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
