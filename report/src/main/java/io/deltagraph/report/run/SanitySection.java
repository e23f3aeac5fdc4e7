package io.deltagraph.report.run;

import io.deltagraph.check.Verdict;
import io.deltagraph.data.Targets;
import io.deltagraph.experiments.RunDetails;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What a look at a few numbers tells of a run, one line each. */
final class SanitySection {
  private static final double NEAR = 0.5;
  private static final double SLOW = 1e-5;
  private static final double FAST = 1e-1;
  private static final double MANY = 0.5;

  private final RunDetails details;
  private final OpLookup ops;
  private DataTable table =
      DataTable.of(
          "Each line is a number that is usually so, and what it is here",
          "question",
          "here",
          "usual",
          "so?");

  private SanitySection(RunDetails details, OpLookup ops) {
    this.details = details;
    this.ops = ops;
  }

  static Page add(Page page, RunDetails details, OpLookup ops) {
    SanitySection section = new SanitySection(details, ops);
    section.firstLoss();
    section.initialisation();
    section.updates();
    section.units();
    section.penalty();
    return section.table.rows().isEmpty()
        ? page
        : page.section("sanity", "Is all as it should be?", section.table.element());
  }

  private void line(String question, String here, String usual, Verdict so) {
    table = table.row(Content.text(question), Content.text(here), Content.text(usual), word(so));
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
        Math.abs(first / expected - 1) < NEAR ? Verdict.PASS : Verdict.INCONCLUSIVE);
  }

  private void initialisation() {
    Network network =
        Network.build(
            details.experiment().plan(), ops, Seeds.of(details.experiment().spec().seed()));
    for (Layer layer : network.layers()) {
      Tensor weights = Objects.requireNonNull(network.initial().get(layer.weights()));
      double deviation = deviation(weights);
      double usual = 1 / Math.sqrt(weights.size(1));
      double ratio = deviation / usual;
      line(
          "Do the first weights of " + layer.name() + " spread as they should?",
          "deviation "
              + ShownNumber.text(deviation)
              + " ("
              + layer.plan().initialiser().getClass().getSimpleName()
              + ")",
          "1/√" + weights.size(1) + " = " + ShownNumber.text(usual) + ", for relu √2 times that",
          ratio > NEAR && ratio < 2 ? Verdict.PASS : Verdict.INCONCLUSIVE);
    }
  }

  private static double deviation(Tensor tensor) {
    double[] all = tensor.toDoubles();
    double mean = Arrays.stream(all).average().orElse(0);
    return Math.sqrt(Arrays.stream(all).map(x -> (x - mean) * (x - mean)).average().orElse(0));
  }

  private void updates() {
    if (details.moments().size() < 2) {
      return;
    }
    int layers = details.moments().getFirst().layers().size();
    for (int i = 0; i < layers; i++) {
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
        line(
            "How far do the weights of layer%d go in a step, as a share of them?".formatted(i + 1),
            ShownNumber.text(median, 2) + " (median over the epochs)",
            "about 1e−3",
            median > SLOW && median < FAST ? Verdict.PASS : Verdict.INCONCLUSIVE);
      }
    }
  }

  private void units() {
    if (details.moments().isEmpty()) {
      return;
    }
    RunDetails.Moment first = details.moments().getFirst();
    RunDetails.Moment last = details.moments().getLast();
    for (int i = 0; i < last.layers().size(); i++) {
      RunDetails.LayerMoment now = last.layers().get(i);
      if (!Double.isNaN(now.dead()) && last.layers().size() > 1) {
        RunDetails.LayerMoment then = first.layers().get(i);
        line(
            "Do the units of layer%d still learn?".formatted(i + 1),
            "dead %s, saturated slopes %s; at first %s and %s"
                .formatted(
                    percent(now.dead()),
                    percent(now.saturated()),
                    percent(then.dead()),
                    percent(then.saturated())),
            "few are dead or saturated",
            now.dead() < MANY / 2 && then.saturated() < MANY ? Verdict.PASS : Verdict.INCONCLUSIVE);
      }
    }
  }

  static String percent(double share) {
    return ShownNumber.text(share * 100, 3) + " %";
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
        data > all - data ? Verdict.PASS : Verdict.INCONCLUSIVE);
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
