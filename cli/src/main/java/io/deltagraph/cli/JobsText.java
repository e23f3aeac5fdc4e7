package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import io.deltagraph.print.TextTable;
import io.deltagraph.workloads.Pace;
import java.util.List;
import java.util.OptionalDouble;

/** The times of whole jobs as tables and as JSON. */
record JobsText(List<JobFigures> measured, int runs, int busy, Pace predictor) {
  private static final ImmutableList<String> PHASES =
      ImmutableList.of(
          Job.START,
          "data",
          "check",
          "folds",
          "training",
          "checkAfter",
          "comparisons",
          "scores",
          "save",
          Job.END,
          Job.WHOLE);

  JobsText {
    measured = ImmutableList.copyOf(measured);
  }

  /** The tables and what their columns mean. */
  String text() {
    TextTable times =
        TextTable.of(
            "seconds",
            "start",
            "data",
            "check",
            "folds",
            "training",
            "check after",
            "comparisons",
            "scores",
            "save",
            "end",
            "whole");
    TextTable paces =
        TextTable.of(
            "rows a second", "all", "first second", "settled", "settled after s", "fast steps");
    for (JobFigures job : measured) {
      ImmutableList.Builder<String> cells = ImmutableList.builder();
      cells.add(job.job().name());
      PHASES.forEach(phase -> cells.add(cell(job.median(phase), "%.3f")));
      times.row(cells.build());
      if (job.names().contains("rowsPerSecond")) {
        paces.row(
            job.job().name(),
            cell(job.median("rowsPerSecond"), "%,.0f"),
            cell(job.median("rowsPerSecondAtFirst"), "%,.0f"),
            cell(job.median("settledRowsPerSecond"), "%,.0f"),
            cell(job.median("settledAfterSeconds"), "%.2f"),
            cell(job.median("fastSteps"), "%.0f") + " of " + cell(job.median("steps"), "%.0f"));
      }
    }
    return times.text()
        + "\n"
        + paces.text()
        + "\nOne row by a predictor that is kept: "
        + BenchText.number(predictor.stepMicros())
        + " µs"
        + (predictor.steady() ? "" : " ~")
        + ".\nMedians of "
        + runs
        + (runs == 1 ? " run" : " runs")
        + (busy == 0 ? "" : ", with " + busy + " busy threads beside")
        + "; start is what passes before the run: the JVM, the options and the plugins.";
  }

  private static String cell(OptionalDouble value, String format) {
    return value.isPresent() ? format.formatted(value.getAsDouble()) : "";
  }

  /** All figures. */
  ObjectNode json() {
    ObjectNode json = Json.object().put("runs", runs).put("busy", busy);
    ArrayNode jobs = json.putArray("jobs");
    for (JobFigures job : measured) {
      ObjectNode one = jobs.addObject().put("command", job.job().name());
      for (String name : job.names()) {
        ObjectNode figure = one.putObject(name);
        Json.put(figure, "median", job.median(name));
        job.all(name).forEach(figure.putArray("runs")::add);
      }
    }
    ObjectNode row = json.putObject("predictor");
    Json.put(row, "rowMicros", predictor.stepMicros());
    row.put("steady", predictor.steady());
    return json;
  }
}
