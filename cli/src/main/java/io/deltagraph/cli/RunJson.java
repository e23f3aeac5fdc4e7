package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.CaseFormat;
import io.deltagraph.check.Agreement;
import io.deltagraph.check.GradientSummary;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.data.metrics.ScoreReport;
import io.deltagraph.experiments.CrossValidation;
import io.deltagraph.experiments.PerceptronTrial;
import io.deltagraph.experiments.RunListener;
import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.spec.TrainingSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The report of a run as one JSON object, as each command shows it. */
final class RunJson {
  private RunJson() {}

  /** As {@code train} shows it; what the run did not come to is left out. */
  static ObjectNode train(RunReport report) {
    ObjectNode json = settings(report);
    report
        .settings()
        .ifPresent(spec -> json.put("dtype", spec.dtype().text()).put("threads", spec.threads()));
    report.net().ifPresent(net -> json.set("model", model(net, report.data().orElseThrow())));
    check(json, report, RunReport.Check.Moment.BEFORE, "check");
    report.validation().ifPresent(validation -> json.set("validation", validation(validation)));
    report.training().ifPresent(training -> json.set("training", training(training)));
    check(json, report, RunReport.Check.Moment.AFTER, "checkAfter");
    report.comparisons().forEach(comparison -> put(json, comparison));
    report
        .scores()
        .ifPresent(scores ->
            json.set(
                "test",
                scores(scores).put("heldOut", scores.rows() == RunReport.ScoredRows.HELD_OUT)));
    report.files().ifPresent(files -> json.put("saved", files.stem().toString()));
    json.set("time", time(report.origin()));
    report.kept().ifPresent(kept -> json.set("kept", kept(kept)));
    return json;
  }

  /** Of a run that failed, so that there is no report: what is left of it. */
  static ObjectNode failed(TrainingSpec asked, RunListener.Kept kept) {
    ObjectNode json = Json.object().put("spec", asked.name()).put("seed", asked.seed());
    json.set("kept", kept(kept));
    return json;
  }

  private static ObjectNode kept(RunListener.Kept kept) {
    return Json.object().put("model", kept.files().stem().toString()).put("epoch", kept.epoch());
  }

  /** As {@code check} shows it. */
  static ObjectNode check(RunReport report) {
    ObjectNode json = settings(report);
    check(json, report, RunReport.Check.Moment.BEFORE, "check");
    json.set("time", time(report.origin()));
    return json;
  }

  /** As {@code evaluate} shows it. */
  static ObjectNode evaluate(RunReport report) {
    ObjectNode json = Json.object();
    report.files().ifPresent(files -> json.put("model", files.stem().toString()));
    report.scores().ifPresent(scores -> json.set("test", scores(scores)));
    return json;
  }

  /** When a run began, and how many seconds each of its parts took. */
  private static ObjectNode time(RunReport.Origin origin) {
    ObjectNode json = Json.object().put("started", origin.started().toString());
    json.put("seconds", seconds(origin.took()));
    ObjectNode phases = json.putObject("phases");
    for (RunReport.Timed timed : origin.phases()) {
      phases.put(
          CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, timed.phase().name()),
          seconds(timed.took()));
    }
    return json;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() * 1e-9;
  }

  private static ObjectNode settings(RunReport report) {
    ObjectNode json = Json.object();
    report.settings().ifPresent(asked -> json.put("spec", asked.name()).put("seed", asked.seed()));
    return json;
  }

  private static ObjectNode model(RunReport.Net net, RunReport.Data data) {
    ObjectNode json = Json.object();
    ArrayNode layers = json.putArray("layers");
    for (RunReport.NetLayer layer : net.layers()) {
      layers
          .addObject()
          .put("activation", layer.activation().op())
          .put("inputs", layer.inputs())
          .put("units", layer.units())
          .put("parameters", layer.parameters());
    }
    json.put("parameters", net.parameters());
    json.putObject("rows").put("training", data.training()).put("heldOut", data.heldOut());
    return json;
  }

  private static void check(
      ObjectNode json, RunReport report, RunReport.Check.Moment moment, String field) {
    report.checks().stream()
        .filter(check -> check.moment() == moment)
        .forEach(check -> json.set(field, check(check)));
  }

  private static ObjectNode check(RunReport.Check check) {
    GradientSummary gradients = check.gradients();
    ObjectNode json = Json.object().put("verdict", name(gradients.verdict()));
    Json.put(json, "closedForm", gradients.worstClosedForm());
    Json.put(json, "finiteDifferences", gradients.worstDifferences());
    json.put("rows", check.rows());
    check.remark().ifPresent(remark -> json.put("remark", remark));
    check.notFinite().ifPresent(first -> json.put("notFinite", first));
    ArrayNode tensors = json.putArray("tensors");
    for (GradientSummary.Row row : gradients.rows()) {
      ObjectNode one = tensors.addObject().put("name", row.name());
      one.put("kind", row.kind().name().toLowerCase(Locale.ROOT));
      one.put("verdict", name(row.verdict()));
      Json.put(one, "closedForm", relative(row.closedForm()));
      Json.put(one, "finiteDifferences", relative(row.differences()));
    }
    return json;
  }

  private static OptionalDouble relative(Optional<Agreement> agreement) {
    return agreement.stream().mapToDouble(Agreement::relative).findFirst();
  }

  static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode validation(CrossValidation validation) {
    ObjectNode json = Json.object().put("folds", validation.folds().size());
    Json.put(json, "mean", validation.mean());
    Json.put(json, "standardError", validation.standardError());
    return json;
  }

  private static ObjectNode training(RunReport.Training training) {
    ObjectNode json = Json.object().put("epochs", training.epochs());
    Json.put(json, "loss", training.loss());
    json.put("end", training.end().name().toLowerCase(Locale.ROOT));
    training.bestEpoch().ifPresent(epoch -> json.put("bestEpoch", epoch));
    Json.put(json, "seconds", training.seconds());
    Json.put(json, "rowsPerSecond", training.rowsPerSecond());
    RunReport.Pace pace = training.pace();
    Json.put(json, "rowsPerSecondAtFirst", pace.firstSecond());
    Json.put(json, "settledAfterSeconds", pace.settledAfter());
    Json.put(json, "settledRowsPerSecond", pace.settled());
    json.put("fastSteps", pace.fastSteps()).put("steps", pace.steps());
    return json;
  }

  private static void put(ObjectNode json, RunReport.Comparison comparison) {
    switch (comparison) {
      case RunReport.SinglePerceptron(PerceptronTrial trial) ->
          json.putObject("perceptron")
              .put("epochs", trial.wrong().size())
              .put("rows", trial.rows())
              .put("wrong", trial.wrong().getLast())
              .put("fewestWrong", trial.fewestWrong());
      case RunReport.PerceptronRule rule -> {
        ObjectNode object = json.putObject("perceptronRule");
        object.put("verdict", name(rule.verdict()));
        object.put("steps", rule.steps()).put("changes", rule.changes());
        Json.put(object, "worst", rule.worst());
      }
      case RunReport.LeastSquares(LinearSolution.None ignored) -> {}
      case RunReport.LeastSquares(LinearSolution.Solved(LinearSolution solution)) -> {
        ObjectNode object = json.putObject("leastSquares");
        Json.put(object, "relativeDifference", solution.relativeDifference());
        ArrayNode exact = object.putArray("coefficients");
        solution.exact().forEach(number -> Json.add(exact, number));
        ArrayNode trained = object.putArray("trained");
        solution.trained().forEach(number -> Json.add(trained, number));
      }
    }
  }

  private static ObjectNode scores(RunReport.Scores scores) {
    ObjectNode json = scores(scores.report());
    ObjectNode metrics = json.putObject("metrics");
    scores.metrics().forEach((metric, score) -> Json.put(metrics, metric.id(), score));
    if (!scores.remarks().isEmpty()) {
      scores.remarks().forEach(json.putArray("remarks")::add);
    }
    return json;
  }

  private static ObjectNode scores(ScoreReport report) {
    ObjectNode json = Json.object().put("rows", report.rows());
    switch (report) {
      case RegressionReport numbers -> {
        Json.put(json, "r2", numbers.r2());
        Json.put(json, "rmse", numbers.rmse());
        Json.put(json, "mae", numbers.mae());
      }
      case ClassificationReport classes -> {
        Json.put(json, "accuracy", classes.accuracy());
        classes(json, classes.confusion());
      }
    }
    return json;
  }

  private static void classes(ObjectNode json, ConfusionMatrix confusion) {
    ArrayNode classes = json.putArray("classes");
    ArrayNode counts = json.putArray("confusion");
    for (int i = 0; i < confusion.classNames().size(); i++) {
      ObjectNode one = classes.addObject().put("name", confusion.classNames().get(i));
      Json.put(one, "precision", confusion.precision(i));
      Json.put(one, "recall", confusion.recall(i));
      Json.put(one, "f1", confusion.f1(i));
      one.put("rows", confusion.support(i));
      ArrayNode row = counts.addArray();
      for (int j = 0; j < confusion.classNames().size(); j++) {
        row.add(confusion.at(i, j));
      }
    }
  }
}
