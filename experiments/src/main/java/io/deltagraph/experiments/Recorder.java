package io.deltagraph.experiments;

import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.SquareSum;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.training.StepTiers;
import io.deltagraph.training.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Keeps the curve of training, and hands on what it hears. */
final class Recorder implements TrainingListener {
  private final RunReport.Curve.Measure measure;
  private final TargetForm form;
  private final HeldOutLoss heldOut;
  private final RunListener.TrainingWatch watch;
  private final Autosave autosave;
  private final PaceWatch pace = new PaceWatch(System::nanoTime);
  private final List<RunReport.Point> points = new ArrayList<>();
  private SquareSum errors = new SquareSum();
  private long right;
  private long count;

  Recorder(
      Experiment experiment,
      HeldOutLoss heldOut,
      RunListener.TrainingWatch watch,
      Autosave autosave) {
    this.measure = measure(experiment);
    this.form = experiment.form();
    this.heldOut = heldOut;
    this.watch = watch;
    this.autosave = autosave;
  }

  static RunReport.Curve.Measure measure(Experiment experiment) {
    return switch (experiment.training().target()) {
      case Targets.Classes classes -> RunReport.Curve.Measure.ACCURACY;
      case Targets.Numbers numbers -> RunReport.Curve.Measure.RMSE;
    };
  }

  RunReport.Curve curve() {
    return new RunReport.Curve(measure, points);
  }

  RunReport.Pace pace() {
    return pace.pace();
  }

  @Override
  public void started(StepTiers tiers) {
    pace.started(tiers);
  }

  @Override
  public void stepped(
      int epoch, int rows, TensorReader outputs, TensorReader targets, double loss) {
    switch (measure) {
      case ACCURACY -> {
        int batch = targets.size(0);
        for (int row = 0; row < batch; row++) {
          right += form.predictedClass(outputs, row) == form.trueClass(targets, row) ? 1 : 0;
        }
        count += batch;
      }
      case RMSE -> {
        int length = targets.length();
        for (int i = 0; i < length; i++) {
          errors.add(outputs.get(i) - targets.get(i));
        }
        count += length;
      }
    }
    pace.stepped(epoch, targets.size(0));
    watch.stepped(epoch, rows);
  }

  @Override
  public void epochEnded(int epoch, double loss, Supplier<Map<String, Tensor>> parameters) {
    double score =
        switch (measure) {
          case ACCURACY -> (double) right / count;
          case RMSE -> errors.rootOfMean(count);
        };
    errors = new SquareSum();
    right = 0;
    count = 0;
    OptionalDouble held = heldOut.after(parameters);
    RunReport.Point point = new RunReport.Point(epoch, loss, score, held);
    points.add(point);
    watch.epochEnded(point);
    autosave.epochEnded(epoch, parameters);
  }
}
