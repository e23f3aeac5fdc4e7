package io.deltagraph.report.lecture;

import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Initialiser;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.Player;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** A perceptron by its own rule, a row a step, on classes that a line parts and that none does. */
final class PerceptronPage {
  private static final int FRAMES = 61;
  private static final int[] EACH = {8, 8};
  private static final double RATE = 0.1;

  /**
   * The perceptron before it looks at a point.
   *
   * @param row the point that comes next
   */
  record Moment(double w1, double w2, double b, int row) {
    double z(Points.Point point) {
      return w1 * point.x() + w2 * point.y() + b;
    }

    boolean isWrong(Points.Point point) {
      return (z(point) >= 0 ? 1 : 0) != point.kind();
    }

    double distance(Points.Point point) {
      return z(point) / Math.hypot(w1, w2);
    }
  }

  private PerceptronPage() {}

  static Page page(OpLookup ops) {
    Seeds seeds = Seeds.of(2);
    Points apart =
        Points.clouds(
            seeds.derive("apart").stream(),
            EACH,
            new double[] {-0.6, -0.6},
            new double[] {0.9, 0.7},
            0.5);
    Points mixed =
        Points.clouds(
            seeds.derive("mixed").stream(), EACH, new double[] {-0.4, 0}, new double[] {0.5, 0}, 1);
    Page page =
        Page.titled("Perceptron: a line between two classes")
            .lead(
                Element.of(
                    "p",
                    "A perceptron looks at one point after another and moves its line only when the"
                        + " point is on the wrong side. See how the line comes to rest where the"
                        + " classes can be parted by a line, and never does where they cannot."),
                Formula.of("z = w · x + b"),
                Formula.of("w ← w + η (t − H(z)) x"),
                Formula.of("b ← b + η (t − H(z))"),
                Element.of(
                    "p",
                    "H(z) is 1 where z ≥ 0 and else 0; t is the class of the point, 0 or 1. The"
                        + " signed distance of a point from the line is z / ‖w‖."));
    page = section(page, ops, "apart", "Two classes that a line parts", apart, seeds);
    return section(page, ops, "mixed", "Two classes that no line parts", mixed, seeds);
  }

  /** What the perceptron was before each of so many rows, and after the last. */
  static List<Moment> moments(OpLookup ops, Points points, Seeds seeds, double rate) {
    NetworkPlan plan =
        NetworkPlan.perceptron(2, DType.F64).initialised(new Initialiser.Uniform(-1, 1));
    Network network = Network.build(plan, ops, seeds);
    Layer neuron = network.layers().getFirst();
    Samples samples = points.samples();
    List<Moment> moments = new ArrayList<>();
    try (Session session = Session.open(Trainer.byPerceptronRule(network, rate).graph())) {
      session.setAll(Course.initial(network));
      for (int frame = 0; frame < FRAMES; frame++) {
        Tensor w = session.get(neuron.weights().label());
        double b = session.get(neuron.bias().label()).get(0);
        int row = frame % points.all().size();
        moments.add(new Moment(w.get(0), w.get(1), b, row));
        Samples one = samples.rows(new int[] {row});
        session.run(Map.of(Network.INPUTS, one.inputs(), Network.TARGETS, one.targets()));
      }
    }
    return moments;
  }

  private static Page section(
      Page page, OpLookup ops, String id, String heading, Points points, Seeds seeds) {
    List<Moment> moments = moments(ops, points, seeds, RATE);
    Film film = new Film(id + "-film", "Sixty looks, one point at a time", FRAMES, 500);
    Panel panel =
        new Panel(
            id,
            "The line w · x + b = 0",
            "Points of two classes, and the perceptron's line, which moves.",
            Axis.between("x₁", -3, 3),
            Axis.between("x₂", -3, 3));
    panel.add(
        film.changing(
            Element.of("polygon").with("class", "area2"),
            "points",
            i -> side(panel, moments.get(i))));
    panel.add(
        film.changing(
            Element.of("polyline").with("class", "curve s7"),
            "points",
            i -> line(panel, moments.get(i))));
    points.marks(panel).forEach(panel::mark);
    panel.mark(
        film.changing(
            Element.of("circle").with("class", "curve s2").with("r", 9).with("cx", 0),
            "transform",
            i -> {
              Points.Point point = points.all().get(moments.get(i).row());
              return panel.place(point.x(), point.y());
            }));
    film.fact(
            "Point looked at", i -> number(moments.get(i).row() + 1) + verdict(moments, points, i))
        .fact("w", i -> "(" + fixed(moments.get(i).w1()) + ", " + fixed(moments.get(i).w2()) + ")")
        .fact("b", i -> fixed(moments.get(i).b()))
        .fact("z = w · x + b", i -> fixed(moments.get(i).z(looked(moments, points, i))))
        .fact("Distance z / ‖w‖", i -> fixed(moments.get(i).distance(looked(moments, points, i))))
        .fact("Points on the wrong side", i -> number(wrong(moments.get(i), points)));
    Element figure =
        film.figure(
            List.of(panel),
            Points.key("of class 0", "of class 1; on the shaded side the perceptron says 1"),
            distances(film, moments, points));
    Player player = film.player();
    return page.section(id, heading, figure)
        .playing(player)
        .number(
            id,
            Map.of(
                "points",
                points.all().stream()
                    .map(point -> Map.of("x", point.x(), "y", point.y(), "kind", point.kind()))
                    .toList(),
                "steps",
                moments.stream()
                    .map(m -> Map.of("w", List.of(m.w1(), m.w2()), "b", m.b(), "row", m.row() + 1))
                    .toList()));
  }

  private static Points.Point looked(List<Moment> moments, Points points, int frame) {
    return points.all().get(moments.get(frame).row());
  }

  private static String verdict(List<Moment> moments, Points points, int frame) {
    Points.Point point = looked(moments, points, frame);
    String of = " of class " + point.kind();
    return moments.get(frame).isWrong(point)
        ? of + ": on the wrong side, the line moves"
        : of + ": on its own side, nothing moves";
  }

  static int wrong(Moment moment, Points points) {
    return (int) points.all().stream().filter(moment::isWrong).count();
  }

  private static Content distances(Film film, List<Moment> moments, Points points) {
    DataTable table =
        DataTable.of("Signed distance of each point from the line", "Point", "Class", "#Distance");
    for (int row = 0; row < points.all().size(); row++) {
      Points.Point point = points.all().get(row);
      table =
          table.row(
              Content.text(number(row + 1)),
              Content.text(number(point.kind())),
              film.saying(
                  Element.of("span"),
                  i ->
                      fixed(moments.get(i).distance(point))
                          + (moments.get(i).isWrong(point) ? " ✗" : " ✓")));
    }
    return Element.of(
        "details", Element.of("summary", "The distances of all points"), table.element());
  }

  /** The line, from far outside to far outside. */
  private static String line(Panel panel, Moment m) {
    double[][] ends = ends(m);
    return panel.points(2, i -> ends[i][0], i -> ends[i][1]);
  }

  /** All of the plane where the perceptron says 1. */
  private static String side(Panel panel, Moment m) {
    double[][] ends = ends(m);
    double length = Math.hypot(m.w1(), m.w2());
    double[] out = {20 * m.w1() / length, 20 * m.w2() / length};
    double[][] corners = {
      ends[0],
      ends[1],
      {ends[1][0] + out[0], ends[1][1] + out[1]},
      {ends[0][0] + out[0], ends[0][1] + out[1]}
    };
    return panel.points(4, i -> corners[i][0], i -> corners[i][1]);
  }

  private static double[][] ends(Moment m) {
    double square = m.w1() * m.w1() + m.w2() * m.w2();
    double x = -m.b() * m.w1() / square;
    double y = -m.b() * m.w2() / square;
    double length = Math.sqrt(square);
    return IntStream.of(-12, 12)
        .mapToObj(far -> new double[] {x - far * m.w2() / length, y + far * m.w1() / length})
        .toArray(double[][]::new);
  }

  private static String fixed(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }

  private static String number(int value) {
    return ShownNumber.text(value);
  }
}
