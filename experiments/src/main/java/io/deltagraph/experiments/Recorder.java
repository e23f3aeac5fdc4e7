package io.deltagraph.experiments;

import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.SquareSum;
import io.deltagraph.serving.TargetForm;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.training.StepTiers;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** Keeps the curve of training, and hands on what it hears. */
final class Recorder implements TrainingListener {
  private static final String POINTS = "points";
  private static final int WIDTH = 4;

  private final RunReport.Curve.Measure measure;
  private final TargetForm form;
  private final HeldOutLoss heldOut;
  private final RunListener.TrainingWatch watch;
  private final Autosave autosave;
  private final Optional<TrainingProbe> probe;
  private final PaceWatch pace = new PaceWatch(System::nanoTime);
  private final List<RunReport.Point> points = new ArrayList<>();
  private SquareSum errors = new SquareSum();
  private OptionalDouble validation = OptionalDouble.empty();
  private final double[] lastSteps = new double[Divergence.MOST_STEPS];
  private long steps;
  private int resumedAfter;
  private long right;
  private long count;

  Recorder(
      Experiment experiment,
      HeldOutLoss heldOut,
      RunListener.TrainingWatch watch,
      Autosave autosave,
      Optional<TrainingProbe> probe) {
    this.measure = measure(experiment);
    this.form = experiment.form();
    this.heldOut = heldOut;
    this.watch = watch;
    this.autosave = autosave;
    this.probe = probe;
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

  /** The losses of the last steps, the oldest first. */
  List<Double> lastSteps() {
    List<Double> losses = new ArrayList<>();
    for (long step = Math.max(0, steps - lastSteps.length); step < steps; step++) {
      losses.add(lastSteps[(int) (step % lastSteps.length)]);
    }
    return losses;
  }

  RunReport.Pace pace() {
    return pace.pace();
  }

  /** The last epoch that was not made now; 0 if training began anew. */
  int resumedAfter() {
    return resumedAfter;
  }

  @Override
  public void validated(int epoch, double loss) {
    validation = OptionalDouble.of(loss);
  }

  /** The points so far: loss, score, loss on held-out rows and on validation rows, NaN if none. */
  @Override
  public Map<String, Tensor> remembered() {
    double[] numbers = new double[WIDTH * points.size()];
    int next = 0;
    for (RunReport.Point point : points) {
      numbers[next++] = point.loss();
      numbers[next++] = point.score();
      numbers[next++] = point.heldOutLoss().orElse(Double.NaN);
      numbers[next++] = point.validationLoss().orElse(Double.NaN);
    }
    return Map.of(POINTS, Tensor.of(TensorType.of(DType.F64, points.size(), WIDTH), numbers));
  }

  @Override
  public void resumed(int epoch, Map<String, Tensor> remembered) {
    resumedAfter = epoch;
    Tensor kept = remembered.get(POINTS);
    for (int i = 0; kept != null && i < kept.size(0); i++) {
      points.add(
          new RunReport.Point(
              i + 1, kept.at(i, 0), kept.at(i, 1), number(kept.at(i, 2)), number(kept.at(i, 3))));
    }
  }

  private static OptionalDouble number(double value) {
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
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
    lastSteps[(int) (steps++ % lastSteps.length)] = loss;
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
    RunReport.Point point = new RunReport.Point(epoch, loss, score, held, validation);
    validation = OptionalDouble.empty();
    points.add(point);
    watch.epochEnded(point);
    autosave.epochEnded(epoch, parameters);
    probe.ifPresent(looking -> looking.epochEnded(epoch, parameters));
  }
}
