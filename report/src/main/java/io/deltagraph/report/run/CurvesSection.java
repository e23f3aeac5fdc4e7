package io.deltagraph.report.run;

import io.deltagraph.experiments.Divergence;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.report.drawing.Axis;
import io.deltagraph.report.drawing.LineChart;
import io.deltagraph.report.drawing.Series;
import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.Page;
import io.deltagraph.report.page.ShownNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** How training went: loss and score, and each layer's gradient, update and slopes over time. */
final class CurvesSection {
  private static final double VANISHED = 1e-2;
  private static final String EPOCH = "epoch";

  private final RunReport.Curve curve;
  private final List<RunDetails.Moment> moments;

  private CurvesSection(RunReport.Curve curve, List<RunDetails.Moment> moments) {
    this.curve = curve;
    this.moments = moments;
  }

  static Page add(Page page, RunReport report, RunDetails details) {
    if (report.curve().isEmpty()) {
      return page;
    }
    CurvesSection section = new CurvesSection(report.curve().get(), details.moments());
    Element grid = Element.of("div").with("class", "grid");
    List<Double> last = report.divergence().map(Divergence::lastSteps).orElse(List.of());
    if (!last.isEmpty()) {
      grid = grid.containing(lastSteps(last));
    }
    if (!section.curve.points().isEmpty()) {
      grid = grid.containing(section.loss(), section.score());
    }
    if (details.moments().size() > 1) {
      grid = grid.containing(section.gradients(), section.updates());
      if (section.hasSlopes()) {
        grid = grid.containing(section.saturation());
      }
    }
    return grid.children().isEmpty() ? page : page.section("training", "How training went", grid);
  }

  /** Until the step that was given up, which is 0. */
  private static Element lastSteps(List<Double> losses) {
    List<Double> places = new ArrayList<>();
    losses.forEach(loss -> places.add((double) places.size() - losses.size()));
    return LineChart.of(
            "Loss of the last steps",
            "steps before the end",
            "loss",
            new Series("loss", places, losses))
        .powers()
        .remark("The next step came to a number that is not finite.")
        .figure();
  }

  private Element loss() {
    List<Series> all = new ArrayList<>();
    all.add(points("training", RunReport.Point::loss));
    if (curve.points().stream().anyMatch(point -> point.validationLoss().isPresent())) {
      all.add(points("validation", point -> point.validationLoss().orElse(Double.NaN)));
    }
    if (holdsOut()) {
      all.add(held("held out", RunDetails.HeldOut::loss));
    }
    LineChart chart = LineChart.of("Loss", EPOCH, "loss", all.toArray(Series[]::new));
    double[] losses = LineChart.values(all, true);
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double loss : losses) {
      least = loss > 0 ? Math.min(least, loss) : least;
      most = Math.max(most, loss);
    }
    return (most > 100 * least ? chart.powers() : chart.fromZero())
        .remark("Training: the mean of an epoch's batches, each before its step.")
        .figure();
  }

  private Element score() {
    String name =
        switch (curve.measure()) {
          case ACCURACY -> "accuracy";
          case RMSE -> "root of the mean squared error";
        };
    List<Series> all = new ArrayList<>();
    all.add(points("training", RunReport.Point::score));
    if (holdsOut()) {
      all.add(held("held out", RunDetails.HeldOut::score));
    }
    LineChart chart = LineChart.of(capital(name), EPOCH, name, all.toArray(Series[]::new));
    return switch (curve.measure()) {
      case ACCURACY ->
          chart
              .upwards(Axis.between(name, 0, 1))
              .remark("The share of rows that are told right; 1 is all of them.")
              .figure();
      case RMSE -> chart.fromZero().remark("In the unit of what is predicted.").figure();
    };
  }

  private static String capital(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private boolean holdsOut() {
    return moments.stream().anyMatch(moment -> moment.heldOut().isPresent());
  }

  private Series points(String name, ToDoubleFunction<RunReport.Point> height) {
    return new Series(
        name,
        curve.points().stream().map(point -> (double) point.epoch()).toList(),
        curve.points().stream().map(height::applyAsDouble).toList());
  }

  private Series held(String name, ToDoubleFunction<RunDetails.HeldOut> height) {
    List<RunDetails.Moment> later = moments.stream().filter(m -> m.epoch() > 0).toList();
    return new Series(
        name,
        later.stream().map(moment -> (double) moment.epoch()).toList(),
        later.stream()
            .map(moment -> moment.heldOut().map(height::applyAsDouble).orElse(Double.NaN))
            .toList());
  }

  private Series[] layers(ToDoubleFunction<RunDetails.LayerMoment> height) {
    int count = moments.getFirst().layers().size();
    Series[] all = new Series[count];
    for (int i = 0; i < count; i++) {
      int layer = i;
      all[i] =
          new Series(
              "layer" + (i + 1),
              moments.stream().map(moment -> (double) moment.epoch()).toList(),
              moments.stream()
                  .map(moment -> height.applyAsDouble(moment.layers().get(layer)))
                  .toList());
    }
    return all;
  }

  private Element gradients() {
    return LineChart.of(
            "Length of each layer's gradient",
            EPOCH,
            "length of ∂C/∂W",
            layers(RunDetails.LayerMoment::gradient))
        .powers()
        .remark(vanishing())
        .figure();
  }

  private String vanishing() {
    List<RunDetails.LayerMoment> first = moments.getFirst().layers();
    double ratio = first.getFirst().gradient() / first.getLast().gradient();
    String sides =
        "At the start the gradient of the first layer is %s times as long as that of the last."
            .formatted(ShownNumber.text(ratio, 2));
    return first.size() == 1
        ? ""
        : ratio < VANISHED
            ? sides + " It vanishes on the way back: the first layers hardly learn."
            : sides;
  }

  private Element updates() {
    return LineChart.of(
            "How far a step takes the weights",
            EPOCH,
            "change a step / weights",
            layers(moment -> moment.update() / moment.weights()))
        .powers()
        .remark("The change of an epoch over its steps; about 1e−3 is usual.")
        .figure();
  }

  private boolean hasSlopes() {
    return moments.stream()
        .flatMap(moment -> moment.layers().stream())
        .anyMatch(layer -> !Double.isNaN(layer.saturated()));
  }

  private Element saturation() {
    return LineChart.of(
            "Slopes of activations that are next to 0",
            EPOCH,
            "share of rows and units",
            Arrays.stream(layers(RunDetails.LayerMoment::saturated))
                .filter(layer -> layer.y().stream().anyMatch(Double::isFinite))
                .toArray(Series[]::new))
        .upwards(Axis.between("share of rows and units", 0, 1))
        .remark("Below a hundredth of the steepest slope of the layer: nothing comes back there.")
        .figure();
  }
}
