package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.check.Agreement;
import io.deltagraph.check.GradientReport;
import io.deltagraph.check.GradientRow;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.CrossCheck;
import io.deltagraph.experiments.ExperimentCheck;
import io.deltagraph.graph.OpLookup;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A gradient check in words and as JSON. */
final class CheckText {
  private CheckText() {}

  static String before(ExperimentCheck check, GradientReport report, OpLookup ops) {
    return "Gradient check before training, at random weights, on "
        + check.samples().count()
        + " training rows in f64\n\n"
        + report.toText()
        + CrossCheck.remark(check.plan(), ops).map(remark -> remark + "\n").orElse("")
        + (report.verdict() == Verdict.FAIL
            ? check
                .firstNonFinite(ops)
                .map(first -> "The first number that is not finite: " + first + "\n")
                .orElse("")
            : "");
  }

  static String after(ExperimentCheck check, GradientReport report) {
    return "Gradient check at the trained weights, on the same "
        + check.samples().count()
        + " rows\n\n"
        + report.toText()
        + (report.verdict() == Verdict.INCONCLUSIVE
            ? "Near a minimum the gradients are too small to tell them from rounding.\n"
            : "");
  }

  static ObjectNode json(ExperimentCheck check, GradientReport report) {
    ObjectNode json = Json.object().put("verdict", name(report.verdict()));
    Json.put(json, "closedForm", report.worstClosedForm());
    Json.put(json, "finiteDifferences", report.worstFiniteDifferences());
    json.put("rows", check.samples().count());
    ArrayNode tensors = json.putArray("tensors");
    for (GradientRow row : report.rows()) {
      ObjectNode one = tensors.addObject().put("name", row.name());
      one.put("kind", row.kind().name().toLowerCase(Locale.ROOT));
      one.put("verdict", name(row.verdict()));
      Json.put(one, "closedForm", relative(row.closedFormAgreement()));
      Json.put(one, "finiteDifferences", relative(row.differencesAgreement()));
    }
    return json;
  }

  private static OptionalDouble relative(Optional<Agreement> agreement) {
    return agreement.stream().mapToDouble(Agreement::relative).findFirst();
  }

  static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
