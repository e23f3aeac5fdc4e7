package io.deltagraph.experiments;

import io.deltagraph.check.GradientReport;
import io.deltagraph.serving.Predictions;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run came to in tensors, for whoever draws it; kept only where it was asked for.
 *
 * @param experiment the rows and the net
 * @param check the rows that gradients were checked on
 * @param start the weights of the first check, by name
 * @param before what the first check says, with its tensors
 * @param after what the check at the trained weights says, where there were any
 * @param trained the trained weights by name; empty where nothing was trained
 * @param moments of training, in order
 * @param predictions of the rows that are scored, where something was trained
 */
public record RunDetails(
    Experiment experiment,
    ExperimentCheck check,
    Map<String, Tensor> start,
    GradientReport before,
    Optional<GradientReport> after,
    Map<String, Tensor> trained,
    List<Moment> moments,
    Optional<Predictions> predictions) {

  /** Copies. */
  public RunDetails {
    start = Map.copyOf(start);
    trained = Map.copyOf(trained);
    moments = List.copyOf(moments);
  }

  /** The same of a training that came to no end, with what was seen of it. */
  RunDetails until(List<Moment> seen) {
    return new RunDetails(experiment, check, start, before, after, trained, seen, predictions);
  }

  /**
   * How a net was after an epoch.
   *
   * @param epoch from 1; 0 for before the first
   * @param loss on the rows of the check, with the weights of then
   * @param heldOut loss and score on rows that are held out, where there are any
   * @param layers from the first to the last
   */
  public record Moment(
      int epoch, double loss, Optional<HeldOut> heldOut, List<LayerMoment> layers) {
    /** Copies. */
    public Moment {
      layers = List.copyOf(layers);
    }
  }

  /**
   * On the first {@value TrainingProbe#MOST_HELD} held-out rows.
   *
   * @param loss their mean
   * @param score what the curve of the run has as score
   */
  public record HeldOut(double loss, double score) {}

  /**
   * How a layer was.
   *
   * @param gradient the length of the gradient by its weights, on the rows of the check
   * @param weights the length of its weights
   * @param update how far its weights went in a step, on the average of the epoch: the length of
   *     the epoch's change over the number of steps; NaN before the first
   * @param dead which share of its units has the slope 0 on every row of the check; NaN where the
   *     activation is none by entries
   * @param saturated which share of its slopes is below a hundredth of the largest that was met on
   *     these rows; NaN in the same case
   */
  public record LayerMoment(
      double gradient, double weights, double update, double dead, double saturated) {}
}
