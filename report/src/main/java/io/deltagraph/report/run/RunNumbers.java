package io.deltagraph.report.run;

import io.deltagraph.check.GradientRow;
import io.deltagraph.check.GradientSummary;
import io.deltagraph.experiments.Divergence;
import io.deltagraph.experiments.RunDetails;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.report.page.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The numbers of a run as plain data, as they are inside the page. */
final class RunNumbers {
  private RunNumbers() {}

  static Page add(Page page, RunReport report, RunDetails details) {
    Map<String, Object> origin = new LinkedHashMap<>();
    origin.put("name", report.origin().name());
    origin.put("version", report.origin().version());
    origin.put("started", report.origin().started().toString());
    origin.put("seconds", report.origin().took().toNanos() * 1e-9);
    Page more =
        page.number("verdict", report.verdict().name().toLowerCase(Locale.ROOT))
            .number("origin", origin)
            .number("checks", report.checks().stream().map(RunNumbers::check).toList());
    if (report.training().isPresent()) {
      RunReport.Training training = report.training().get();
      Map<String, Object> trained = new LinkedHashMap<>();
      trained.put("epochs", training.epochs());
      trained.put("loss", training.loss());
      trained.put("seconds", training.seconds());
      trained.put(
          "lossByEpoch", training.curve().points().stream().map(RunReport.Point::loss).toList());
      trained.put(
          "scoreByEpoch", training.curve().points().stream().map(RunReport.Point::score).toList());
      more = more.number("training", trained);
    }
    if (report.divergence().isPresent()) {
      Divergence divergence = report.divergence().get();
      Map<String, Object> until = new LinkedHashMap<>();
      until.put("message", divergence.message());
      until.put("seconds", divergence.seconds());
      until.put(
          "lossByEpoch", divergence.curve().points().stream().map(RunReport.Point::loss).toList());
      until.put("lossOfLastSteps", divergence.lastSteps());
      more = more.number("divergence", until);
    }
    return more.number("moments", details.moments().stream().map(RunNumbers::moment).toList());
  }

  private static Map<String, Object> check(RunReport.Check check) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("moment", check.moment().name().toLowerCase(Locale.ROOT));
    all.put("rows", check.rows());
    all.put("verdict", check.gradients().verdict().name().toLowerCase(Locale.ROOT));
    List<Object> tensors = new ArrayList<>();
    for (GradientSummary.Row row : check.gradients().rows()) {
      Map<String, Object> tensor = new LinkedHashMap<>();
      tensor.put("name", row.name());
      tensor.put("shape", row.shape());
      tensor.put("verdict", row.verdict().name().toLowerCase(Locale.ROOT));
      row.closedForm().ifPresent(a -> tensor.put("closedForm", a.relative()));
      row.differences().ifPresent(a -> tensor.put("differences", a.relative()));
      row.worst().ifPresent(worst -> tensor.put("worst", worst(worst)));
      tensors.add(tensor);
    }
    all.put("tensors", tensors);
    return all;
  }

  private static Map<String, Object> worst(GradientRow.Worst worst) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("position", worst.position());
    all.put("autodiff", worst.autodiff());
    worst.closedForm().ifPresent(value -> all.put("closedForm", value));
    worst.difference().ifPresent(value -> all.put("difference", value));
    return all;
  }

  private static Map<String, Object> moment(RunDetails.Moment moment) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("epoch", moment.epoch());
    all.put("loss", moment.loss());
    moment
        .heldOut()
        .ifPresent(held -> {
          all.put("heldOutLoss", held.loss());
          all.put("heldOutScore", held.score());
        });
    List<Object> layers = new ArrayList<>();
    for (RunDetails.LayerMoment layer : moment.layers()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("gradient", layer.gradient());
      one.put("weights", layer.weights());
      put(one, "update", layer.update());
      put(one, "dead", layer.dead());
      put(one, "saturated", layer.saturated());
      layers.add(one);
    }
    all.put("layers", layers);
    return all;
  }

  private static void put(Map<String, Object> all, String name, double value) {
    if (Double.isFinite(value)) {
      all.put(name, value);
    }
  }
}
