package io.deltagraph.report.lecture;

import io.deltagraph.activations.Sigmoid;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.random.RandomStream;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gradient descent in one variable from many starts, at three rates (000 §4.2). */
final class GradientDescentPage {
  private static final int STARTS = 24;
  private static final int FRAMES = 41;
  private static final double[] RATES = {0.01, 0.2, 1.1};
  private static final List<String> NAMES = List.of("too small", "right", "too large");
  private static final double END = 8;

  private GradientDescentPage() {}

  static Page page(OpLookup ops) {
    RandomStream random = Seeds.of(5).derive("starts").stream();
    double[] starts = new double[STARTS];
    Arrays.setAll(starts, i -> random.nextDouble(-END, END));
    Film film = new Film("descent", "Forty steps of " + STARTS + " starts", FRAMES, 350);
    List<Panel> panels = new ArrayList<>();
    Map<String, Object> numbers = new LinkedHashMap<>();
    DataTable table =
        DataTable.of(
            "After forty steps", "Rate η", "#Starts at rest", "#Largest slope left", "#Mean of f");
    for (int i = 0; i < RATES.length; i++) {
      List<Moment> moments = moments(ops, starts, RATES[i]);
      String rate = ShownNumber.text(RATES[i]);
      panels.add(panel(film, moments, i, "η = " + rate + ": " + NAMES.get(i)));
      Moment last = moments.getLast();
      table =
          table.row(
              rate + ", " + NAMES.get(i),
              last.resting() + " of " + STARTS,
              ShownNumber.text(last.steepest(), 3),
              ShownNumber.text(last.mean(), 4));
      numbers.put(rate, moments.stream().map(moment -> moment.x).toList());
    }
    Element figure = film.figure(panels);
    return Page.titled("Gradient descent: many starts, three rates")
        .lead(
            Element.of(
                "p",
                "Each mark starts at random and steps against the slope of the curve. See how the"
                    + " marks at the small rate hardly get anywhere, those at the right one come to"
                    + " rest in a valley each, not always the deepest, and those at the large one"
                    + " jump over the valleys."),
            Formula.of("f(x) = σ(x) + sin x + cos^2 x"),
            Formula.of("x ← x − η f′(x)"))
        .section("watch", "Watch", figure, table.element())
        .playing(film.player())
        .number("positionsByRate", numbers);
  }

  /** Where the marks are, how high, and how steep it is there. */
  static final class Moment {
    final double[] x;
    final double[] height;
    final double[] slope;

    Moment(double[] x, double[] height, double[] slope) {
      this.x = x;
      this.height = height;
      this.slope = slope;
    }

    double steepest() {
      double most = 0;
      for (double each : slope) {
        most = Math.max(most, Math.abs(each));
      }
      return most;
    }

    int resting() {
      int count = 0;
      for (double each : slope) {
        count += Math.abs(each) < 0.01 ? 1 : 0;
      }
      return count;
    }

    double mean() {
      double sum = 0;
      for (double each : height) {
        sum += each;
      }
      return sum / height.length;
    }
  }

  /** Where the marks are before each step, by the engine's gradients. */
  static List<Moment> moments(OpLookup ops, double[] starts, double rate) {
    GraphBuilder builder = new GraphBuilder(ops);
    GraphParameter x = builder.parameter("x", TensorType.of(DType.F64, starts.length));
    Value height = Sigmoid.of(x).plus(x.sin()).plus(x.cos().square());
    Value slope = Gradient.of(height.sum(List.of(0), false), List.of(x)).wrt(x);
    Graph step =
        builder.graph(
            Map.of("height", height, "slope", slope), Map.of(x, x.minus(slope.times(rate))));
    List<Moment> moments = new ArrayList<>();
    try (Session session = Session.open(step)) {
      session.set("x", Tensor.vector(starts));
      for (int frame = 0; frame < FRAMES; frame++) {
        double[] before = session.get("x").toDoubles();
        Map<String, Tensor> seen = session.run(Map.of());
        moments.add(
            new Moment(
                before, tensor(seen, "height").toDoubles(), tensor(seen, "slope").toDoubles()));
      }
    }
    return moments;
  }

  private static Tensor tensor(Map<String, Tensor> seen, String name) {
    return seen.getOrDefault(name, Tensor.scalar(Double.NaN));
  }

  private static Panel panel(Film film, List<Moment> moments, int number, String title) {
    Panel panel =
        new Panel(
            "rate" + number,
            title,
            "The curve f, and marks that step downhill on it.",
            Axis.between("x", -END, END),
            Axis.between("f(x)", -1.5, 3));
    panel.add(Panel.curve(panel.graph(GradientDescentPage::curve), "s7"));
    for (int i = 0; i < STARTS; i++) {
      int start = i;
      panel.mark(
          film.changing(
              Panel.symbol(i % 3),
              "transform",
              frame -> {
                Moment now = moments.get(frame);
                return panel.place(now.x[start], now.height[start]);
              }));
    }
    film.fact(
        title, i -> "step %d, %d of %d at rest".formatted(i, moments.get(i).resting(), STARTS));
    return panel.note("Dotted: f. Shapes and colours of marks only tell them apart.");
  }

  /** For pictures and as a target; marks are where the engine puts them. */
  static double curve(double x) {
    double cosine = Math.cos(x);
    return 1 / (1 + Math.exp(-x)) + Math.sin(x) + cosine * cosine;
  }
}
