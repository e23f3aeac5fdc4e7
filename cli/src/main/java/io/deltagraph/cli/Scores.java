package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.Target;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.data.metrics.RegressionReport;

/**
 * How good predictions are.
 *
 * @param text as tables
 * @param json the same numbers
 */
record Scores(String text, ObjectNode json) {

  /** Compares what is with what was predicted. */
  static Scores of(Target truth, Target predicted) {
    if (truth instanceof Target.Classes known && predicted instanceof Target.Classes said) {
      return of(ClassificationReport.of(known.labels(), said.labels(), known.names()));
    }
    if (truth instanceof Target.Numbers known && predicted instanceof Target.Numbers said) {
      return of(RegressionReport.of(known.values(), said.values()));
    }
    throw new IllegalArgumentException("Classes and numbers cannot be compared.");
  }

  private static Scores of(RegressionReport report) {
    ObjectNode json = Json.object().put("rows", report.rows());
    Json.put(json, "r2", report.r2());
    Json.put(json, "rmse", report.rmse());
    Json.put(json, "mae", report.mae());
    return new Scores(report.text(), json);
  }

  private static Scores of(ClassificationReport report) {
    ConfusionMatrix confusion = report.confusion();
    ObjectNode json = Json.object().put("rows", confusion.rows());
    Json.put(json, "accuracy", report.accuracy());
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
    return new Scores(report.text(), json);
  }
}
