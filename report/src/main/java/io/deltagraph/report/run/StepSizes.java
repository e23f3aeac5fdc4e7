package io.deltagraph.report.run;

import static java.util.Objects.requireNonNull;

import io.deltagraph.check.Estimate;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.GradientRow;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.drawing.LineChart;
import io.deltagraph.report.drawing.Series;
import io.deltagraph.report.page.Element;
import io.deltagraph.runtime.Session;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * How the error of central differences goes with their step: truncation falls with h², rounding
 * grows with 1/h, and between them lies the best step.
 */
final class StepSizes {
  private static final int ROWS = 8;
  private static final int ENTRIES = 12;
  private static final double USUAL = 1e-5;
  private static final int SMALLEST = -14;
  private static final int LARGEST = 9;
  private static final int LEAST_SLOPE = 2;
  private static final double HALF_DECADE = Math.sqrt(10);

  private StepSizes() {}

  static Optional<Element> figure(RunDetails details, OpLookup ops) {
    Network network =
        Network.build(details.check().plan().in(DType.F64), ops, Seeds.of(details.check().seed()));
    Optional<GradientRow> row =
        details.before().rows().stream()
            .filter(known -> known.kind() == GradientRow.Kind.PARAMETER)
            .findFirst();
    if (row.isEmpty() || !network.plan().isPlain()) {
      return Optional.empty();
    }
    Samples rows = details.check().samples().in(DType.F64).first(ROWS);
    Map<String, Tensor> point = new HashMap<>();
    details.start().forEach((name, value) -> point.put(name, value.cast(DType.F64)));
    point.put(Network.INPUTS, rows.inputs());
    point.put(Network.TARGETS, rows.targets());
    String name = row.get().name();
    FiniteDifferences differences = FiniteDifferences.of(network.loss(), point);
    int entries = Math.min(ENTRIES, row.get().autodiff().length());
    Estimate usual = differences.sample(name, entries, details.check().seed());
    double[] exact = usual.select(gradient(network, name, point));
    double largest = Arrays.stream(exact).map(Math::abs).max().orElse(0);
    if (largest == 0) {
      return Optional.empty();
    }
    List<Double> steps = new ArrayList<>();
    List<Double> errors = new ArrayList<>();
    for (int k = SMALLEST; k <= LARGEST; k++) {
      double factor = Math.pow(HALF_DECADE, k);
      Estimate moved = differences.again(usual, factor);
      double error = 0;
      for (int i = 0; i < exact.length; i++) {
        if (!moved.masked().contains(i)) {
          error = Math.max(error, Math.abs(moved.slopes().get(i) - exact[i]) / largest);
        }
      }
      if (error > 0) {
        steps.add(USUAL * factor);
        errors.add(error);
      }
    }
    return steps.size() < 4 ? Optional.empty() : Optional.of(chart(name, steps, errors));
  }

  private static Tensor gradient(Network network, String name, Map<String, Tensor> point) {
    GraphParameter parameter =
        network.parameters().stream()
            .filter(known -> known.label().equals(name))
            .findFirst()
            .orElseThrow();
    Value gradient = Gradient.of(network.loss(), List.of(parameter)).wrt(parameter);
    Graph graph = gradient.builder().graph(Map.of(name, gradient));
    Map<String, Tensor> feeds = new HashMap<>();
    graph.inputs().forEach(in -> feeds.put(in.label(), requireNonNull(point.get(in.label()))));
    try (Session session = Session.open(graph)) {
      graph.parameters().forEach(p -> session.set(p.label(), requireNonNull(point.get(p.label()))));
      return requireNonNull(session.run(feeds).get(name));
    }
  }

  private static Element chart(String name, List<Double> steps, List<Double> errors) {
    int best = errors.indexOf(Collections.min(errors));
    double least = errors.get(best) / 3;
    double cut = middle(steps, errors, best, steps.size(), h -> h * h);
    double round = middle(steps, errors, 0, best + 1, h -> 1 / h);
    List<Series> all = new ArrayList<>();
    all.add(new Series("measured", steps, errors));
    all.add(line("rounding, 1/h", steps, h -> round / h, least));
    boolean truncates = steps.size() - best > LEAST_SLOPE;
    if (truncates) {
      all.add(line("truncation, h²", steps, h -> cut * h * h, least));
    }
    return new LineChart(
            "Error of central differences against their step",
            Axis.over("h"),
            Axis.over("largest error"),
            all,
            "Of "
                + name
                + ", relative to its largest entry. The check takes h = 1e−5; steps that cross a"
                + " kink are left out."
                + (truncates
                    ? ""
                    : " No step cuts off anything here: along one weight the loss is a parabola."))
        .powersBothWays()
        .figure();
  }

  /** The middle one of the factors by which a part of the errors goes with a law. */
  private static double middle(
      List<Double> steps, List<Double> errors, int from, int to, DoubleUnaryOperator law) {
    double[] factors = new double[to - from];
    Arrays.setAll(factors, i -> errors.get(from + i) / law.applyAsDouble(steps.get(from + i)));
    Arrays.sort(factors);
    return factors[factors.length / 2];
  }

  private static Series line(
      String name, List<Double> steps, DoubleUnaryOperator at, double least) {
    List<Double> heights =
        steps.stream().map(h -> at.applyAsDouble(h)).map(y -> y < least ? Double.NaN : y).toList();
    return new Series(name, steps, heights);
  }
}
