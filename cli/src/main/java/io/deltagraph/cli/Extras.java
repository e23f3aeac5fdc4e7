package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.Doubles;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.crosscheck.PerceptronTrace;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.metrics.TextTable;
import io.deltagraph.experiments.Experiment;
import io.deltagraph.experiments.PerceptronTrial;
import io.deltagraph.experiments.spec.DataSpec;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.TrainingResult;
import java.util.List;
import java.util.Locale;

/** What some families show besides. */
record Extras(Experiment experiment, OpRegistry ops, Output out, ObjectNode json) {
  private static final int TRIAL_EPOCHS = 100;
  private static final int MOST_SHOWN = 20;

  /** Shows it; the verdict of what is checked by it. */
  Verdict show(TrainingResult result) {
    boolean exclusiveOr =
        switch (experiment.spec().data().source()) {
          case DataSpec.Source.BuiltIn(BuiltInSet set) -> set == BuiltInSet.XOR;
          case DataSpec.Source.Csv ignored -> false;
        };
    if (exclusiveOr) {
      perceptronFails();
    }
    return switch (experiment.spec().model()) {
      case ModelSpec.Perceptron ignored -> perceptronRule(result);
      case ModelSpec.Linear ignored -> solution(result);
      case ModelSpec.Logistic ignored -> Verdict.PASS;
      case ModelSpec.Softmax ignored -> Verdict.PASS;
      case ModelSpec.Mlp ignored -> Verdict.PASS;
    };
  }

  private void perceptronFails() {
    PerceptronTrial trial = PerceptronTrial.of(experiment, ops, TRIAL_EPOCHS);
    int last = trial.wrong().getLast();
    out.paragraph(
        String.format(
            Locale.ROOT,
            "A single perceptron on the same rows, by its own rule: %s\n"
                + "After %d epochs %d of %d rows are wrong; after no epoch were fewer than %d wrong.",
            trial.fewestWrong() == 0
                ? "it finds a line."
                : "it fails, since no line separates the classes.",
            TRIAL_EPOCHS,
            last,
            trial.rows(),
            trial.fewestWrong()));
    json.putObject("perceptron")
        .put("epochs", TRIAL_EPOCHS)
        .put("rows", trial.rows())
        .put("wrong", last)
        .put("fewestWrong", trial.fewestWrong());
  }

  private Verdict perceptronRule(TrainingResult result) {
    PerceptronTrace trace = experiment.trace(ops, result.epochs());
    Verdict verdict = trace.verdict(experiment.plan().dtype());
    Tensor inputs = experiment.training().samples().inputs();
    Tensor targets = experiment.training().samples().targets();
    List<PerceptronTrace.Update> moved =
        trace.updates().stream().filter(PerceptronTrace.Update::moved).toList();
    TextTable table =
        TextTable.of(
            "epoch", "x", "t", "H(z)", "η (t − H(z)) (x, 1)", "update of (w, b)", "difference");
    for (PerceptronTrace.Update update : moved.subList(0, Math.min(MOST_SHOWN, moved.size()))) {
      boolean one = update.rows().size() == 1;
      int row = update.rows().getFirst();
      table.row(
          Integer.toString(update.epoch()),
          one
              ? vector(Doubles.asList(inputs.rows(row, row + 1).toDoubles()))
              : update.rows().size() + " rows",
          one ? TrainingText.plain(targets.get(row)) : "",
          one ? TrainingText.plain(update.outputs().get(0)) : "",
          vector(update.formula()),
          vector(update.taken()),
          String.format(Locale.ROOT, "%.1e", update.difference()));
    }
    StringBuilder text = new StringBuilder();
    text.append("The perceptron's rule beside its formula, every step that changed a weight\n\n");
    text.append(table.text());
    if (moved.size() > MOST_SHOWN) {
      text.append(String.format(Locale.ROOT, "… and %,d more\n", moved.size() - MOST_SHOWN));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "\n%,d steps compared, %,d of them right already (no change by either side)\n"
                + "worst difference %.1e   verdict %s",
            trace.updates().size(),
            trace.updates().size() - moved.size(),
            trace.worst(),
            verdict));
    out.paragraph(text.toString());
    ObjectNode rule = json.putObject("perceptronRule");
    rule.put("verdict", CheckText.name(verdict));
    rule.put("steps", trace.updates().size()).put("changes", moved.size());
    Json.put(rule, "worst", trace.worst());
    return verdict;
  }

  private static String vector(List<Double> values) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < values.size() && i < 4; i++) {
      text.append(i == 0 ? "" : ", ").append(TrainingText.plain(values.get(i)));
    }
    return text.append(values.size() > 4 ? ", …)" : ")").toString();
  }

  private Verdict solution(TrainingResult result) {
    return switch (experiment.solution(result.parameters())) {
      case LinearSolution.None(String reason) -> {
        out.paragraph("No solution by QR is shown: " + reason + ".");
        yield Verdict.PASS;
      }
      case LinearSolution.Solved(LinearSolution solution) -> {
        show(solution);
        yield Verdict.PASS;
      }
    };
  }

  private void show(LinearSolution solution) {
    TextTable table = TextTable.of("weight of", "trained", "by QR", "difference");
    int size = solution.names().size();
    for (int i = 0; i < Math.min(size, MOST_SHOWN); i++) {
      double trained = solution.trained().get(i);
      double exact = solution.exact().get(i);
      table.row(
          solution.names().get(i),
          String.format(Locale.ROOT, "%.8g", trained),
          String.format(Locale.ROOT, "%.8g", exact),
          String.format(Locale.ROOT, "%.1e", trained - exact));
    }
    out.paragraph(
        "Trained weights beside the least-squares solution by QR (features as scaled)\n\n"
            + table.text()
            + (size > MOST_SHOWN ? "… and " + (size - MOST_SHOWN) + " more\n" : "")
            + String.format(
                Locale.ROOT, "\nrelative difference %.1e", solution.relativeDifference()));
    ObjectNode object = json.putObject("leastSquares");
    Json.put(object, "relativeDifference", solution.relativeDifference());
    solution.exact().forEach(object.putArray("coefficients")::add);
    solution.trained().forEach(object.putArray("trained")::add);
  }
}
