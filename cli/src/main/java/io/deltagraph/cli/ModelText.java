package io.deltagraph.cli;

import io.deltagraph.experiments.RunReport;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.print.TextTable;
import io.deltagraph.registry.Shown;
import java.util.Locale;

/** A model and its data in words. */
final class ModelText {
  private ModelText() {}

  static String of(TrainingSpec spec, RunReport.Data data, RunReport.Net net) {
    TextTable table =
        TextTable.of("layer", "activation", "in", "out", "weights", "biases", "parameters");
    int number = 0;
    for (RunReport.NetLayer layer : net.layers()) {
      table.row(
          Integer.toString(++number),
          layer.activation().words(),
          Integer.toString(layer.inputs()),
          Integer.toString(layer.units()),
          String.format(Locale.ROOT, "%d × %d", layer.units(), layer.inputs()),
          Integer.toString(layer.units()),
          String.format(Locale.ROOT, "%,d", layer.parameters()));
    }
    table.row("total", "", "", "", "", "", String.format(Locale.ROOT, "%,d", net.parameters()));
    return Shown.line(spec.name())
        + ": "
        + net.family()
        + " in "
        + spec.dtype().text()
        + ", seed "
        + spec.seed()
        + "\n\n"
        + table.text()
        + "\nloss       "
        + net.loss()
        + "\noptimizer  "
        + net.optimizer()
        + "\ntraining   "
        + training(spec)
        + "\ndata       "
        + data(data);
  }

  private static String training(TrainingSpec spec) {
    return "up to "
        + spec.epochs()
        + " epochs, "
        + (spec.batch().isPresent()
            ? "batches of " + spec.batch().getAsInt()
            : "all rows in one batch")
        + (spec.stopBelow().isPresent()
            ? ", until the loss is below " + spec.stopBelow().getAsDouble()
            : "")
        + (spec.stopping().patience().isPresent()
            ? ", with patience for " + spec.stopping().patience().getAsInt()
            : "")
        + (spec.stopping().validation() > 0
            ? ", validated on a share of " + spec.stopping().validation()
            : "");
  }

  private static String data(RunReport.Data data) {
    return String.format(
        Locale.ROOT,
        "%,d rows, %d features, %s%s\nsplit      %s",
        data.training() + data.heldOut(),
        data.features().size(),
        data.classes().isEmpty() ? "a number" : data.classes().size() + " classes",
        data.taken().isEmpty() ? "" : "\ntaken      " + Shown.line(String.join("; ", data.taken())),
        data.split());
  }
}
