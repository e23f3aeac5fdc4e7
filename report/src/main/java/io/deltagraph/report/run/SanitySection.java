package io.deltagraph.report.run;

import io.deltagraph.check.Verdict;
import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Layer;
import io.deltagraph.models.Network;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.page.Content;
import io.deltagraph.report.page.DataTable;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What a look at a few numbers tells of a run, one line each. */
final class SanitySection {
  private static final double NEAR = 0.5;
  private static final double SLOW = 1e-5;
  private static final double FAST = 1e-1;
  private static final double MANY = 0.5;
  private static final double MOST = 0.9;
  private static final double VANISHED = 1e-2;
  static final String ID = "sanity";

  private final RunReport report;
  private final RunDetails details;
  private final OpLookup ops;
  private final List<Line> lines = new ArrayList<>();

  /**
   * A question to a run.
   *
   * @param here what it is
   * @param usual what it is where all is well
   * @param so whether it is so
   */
  record Line(String question, String here, String usual, Verdict so) {}

  private SanitySection(RunReport report, RunDetails details, OpLookup ops) {
    this.report = report;
    this.details = details;
    this.ops = ops;
  }

  /** All questions that can be put to a run. */
  static List<Line> lines(RunReport report, RunDetails details, OpLookup ops) {
    SanitySection section = new SanitySection(report, details, ops);
    section.firstLoss();
    section.initialisation();
    section.gradients();
    section.updates();
    section.units();
    section.penalty();
    section.guess();
    return section.lines;
  }

  static Page add(Page page, List<Line> lines) {
    DataTable table =
        DataTable.of(
            "Each line is a number that is usually so, and what it is here",
            "question",
            "here",
            "usual",
            "so?");
    for (Line line : lines) {
      table =
          table.row(
              Content.text(line.question()),
              Content.text(line.here()),
              Content.text(line.usual()),
              word(line.so()));
    }
    return lines.isEmpty() ? page : page.section(ID, "Is all as it should be?", table.element());
  }

  private void line(String question, String here, String usual, boolean so) {
    lines.add(new Line(question, here, usual, so ? Verdict.PASS : Verdict.INCONCLUSIVE));
  }

  /** A verdict by a sign, a word and a colour. */
  static Element word(Verdict verdict) {
    return switch (verdict) {
      case PASS -> Element.of("span", "✓ yes").with("class", "pass-word");
      case FAIL -> Element.of("span", "✗ no").with("class", "fail-word");
      case INCONCLUSIVE -> Element.of("span", "? look").with("class", "inconclusive-word");
    };
  }

  /** A net that knows nothing gives each of K classes 1/K, whose cross entropy is ln K. */
  private void firstLoss() {
    NetworkPlan plan = details.experiment().plan();
    boolean entropy = ops.op(plan.loss().id()).signature().input(0).role().isLogits();
    if (details.moments().isEmpty()
        || !entropy
        || !(details.experiment().training().target() instanceof Targets.Classes classes)) {
      return;
    }
    double expected = Math.log(classes.names().size());
    double first = details.moments().getFirst().loss();
    line(
        "Does the first loss say that nothing is known yet?",
        ShownNumber.text(first),
        "ln " + classes.names().size() + " = " + ShownNumber.text(expected),
        Math.abs(first / expected - 1) < NEAR);
  }

  private void initialisation() {
    Network network =
        Network.build(
            details.experiment().plan(), ops, Seeds.of(details.experiment().spec().seed()));
    List<String> here = new ArrayList<>();
    List<String> usual = new ArrayList<>();
    boolean so = true;
    for (Layer layer : network.layers()) {
      Tensor weights = Objects.requireNonNull(network.initial().get(layer.weights()));
      double deviation = deviation(weights);
      double right = 1 / Math.sqrt(weights.size(1));
      here.add(
          "%s %s (%s)"
              .formatted(
                  layer.name(),
                  ShownNumber.text(deviation, 3),
                  layer.plan().initialiser().getClass().getSimpleName()));
      usual.add("1/√%d = %s".formatted(weights.size(1), ShownNumber.text(right, 3)));
      so &= deviation > NEAR * right && deviation < 2 * right;
    }
    line(
        "Do the first weights of each layer spread as they should?",
        "deviation of " + String.join(", ", here),
        String.join(", ", usual.stream().distinct().toList()) + "; for relu √2 times that",
        so);
  }

  private static double deviation(Tensor tensor) {
    double[] all = tensor.toDoubles();
    double mean = Arrays.stream(all).average().orElse(0);
    return Math.sqrt(Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElse(0));
  }

  private void gradients() {
    if (details.moments().isEmpty()) {
      return;
    }
    List<RunDetails.LayerMoment> first = details.moments().getFirst().layers();
    double ratio = first.getFirst().gradient() / first.getLast().gradient();
    if (first.size() > 1 && Double.isFinite(ratio)) {
      line(
          "Does the gradient reach the first layer?",
          "it is %s times as long as at the last one, before training"
              .formatted(ShownNumber.text(ratio, 2)),
          "more than a hundredth, less than a hundred times",
          ratio > VANISHED && ratio < 1 / VANISHED);
    }
  }

  private void updates() {
    if (details.moments().size() < 2) {
      return;
    }
    List<String> here = new ArrayList<>();
    boolean so = true;
    for (int i = 0; i < details.moments().getFirst().layers().size(); i++) {
      int layer = i;
      double[] ratios =
          details.moments().stream()
              .map(moment -> moment.layers().get(layer))
              .mapToDouble(moment -> moment.update() / moment.weights())
              .filter(Double::isFinite)
              .sorted()
              .toArray();
      if (ratios.length > 0) {
        double median = ratios[ratios.length / 2];
        here.add("layer%d %s".formatted(i + 1, ShownNumber.text(median, 2)));
        so &= median > SLOW && median < FAST;
      }
    }
    if (!here.isEmpty()) {
      line(
          "How far do the weights go in a step, as a share of them?",
          String.join(", ", here) + " (medians over the epochs)",
          "about 1e−3",
          so);
    }
  }

  private void units() {
    if (details.moments().isEmpty()) {
      return;
    }
    RunDetails.Moment first = details.moments().getFirst();
    RunDetails.Moment last = details.moments().getLast();
    List<String> here = new ArrayList<>();
    boolean so = true;
    for (int i = 0; i < last.layers().size(); i++) {
      RunDetails.LayerMoment now = last.layers().get(i);
      if (!Double.isNaN(now.dead()) && last.layers().size() > 1) {
        RunDetails.LayerMoment then = first.layers().get(i);
        here.add(
            "layer%d %s dead, %s of the slopes (at first %s, %s)"
                .formatted(
                    i + 1,
                    percent(now.dead()),
                    percent(now.saturated()),
                    percent(then.dead()),
                    percent(then.saturated())));
        so &= now.dead() < MANY / 2 && then.saturated() < MANY && now.saturated() < MOST;
      }
    }
    if (!here.isEmpty()) {
      line(
          "Do the units still learn: how many are dead, how many slopes next to 0?",
          String.join("; ", here),
          "few are dead or saturated",
          so);
    }
  }

  static String percent(double share) {
    return ShownNumber.text(share * 100, 2) + " %";
  }

  /** The loss at the trained weights without its penalties, and what these add. */
  private void penalty() {
    NetworkPlan plan = details.check().plan();
    if (details.trained().isEmpty() || (plan.l2() == 0 && plan.l1() == 0)) {
      return;
    }
    double all = loss(plan);
    double data = loss(plan.costing(plan.loss(), 0, 0));
    line(
        "How much of the loss is data, how much penalty?",
        "%s data + %s penalty, on the %d rows of the check"
            .formatted(
                ShownNumber.text(data),
                ShownNumber.text(all - data),
                details.check().samples().count()),
        "the data are the larger part",
        data > all - data);
  }

  /** Who always says the commonest class is right as often as that is there. */
  private void guess() {
    if (report.scores().isEmpty()
        || !(report.scores().get().report() instanceof ClassificationReport classes)) {
      return;
    }
    ConfusionMatrix matrix = classes.confusion();
    int count = matrix.classNames().size();
    int right = 0;
    int commonest = 0;
    for (int truth = 0; truth < count; truth++) {
      int row = truth;
      right += matrix.at(truth, truth);
      commonest =
          Math.max(commonest, IntStream.range(0, count).map(said -> matrix.at(row, said)).sum());
    }
    line(
        "Is it right more often than one who always says the commonest class?",
        "%d of %d rows".formatted(right, classes.rows()),
        "more than %d".formatted(commonest),
        right > commonest);
  }

  private double loss(NetworkPlan plan) {
    Network network = Network.build(plan, ops, Seeds.of(0));
    Samples rows = details.check().samples();
    try (Session session = Session.open(network.evaluation())) {
      network
          .evaluation()
          .parameters()
          .forEach(parameter ->
              session.set(
                  parameter.label(),
                  Objects.requireNonNull(details.trained().get(parameter.label()))));
      Map<String, Tensor> feeds = new HashMap<>();
      feeds.put(Network.INPUTS, rows.inputs());
      feeds.put(Network.TARGETS, rows.targets());
      return Objects.requireNonNull(session.run(feeds).get(Network.LOSS)).item();
    }
  }
}
