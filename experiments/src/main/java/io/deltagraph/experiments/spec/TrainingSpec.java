package io.deltagraph.experiments.spec;

import com.google.common.collect.ImmutableList;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.training.Stopping;
import io.deltagraph.type.DType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A whole training run.
 *
 * @param name what to call it: the built-in name or the file's
 * @param data the table
 * @param split what is held out
 * @param standardisation how features are scaled, learnt from training rows
 * @param model the model
 * @param loss what is made small; none for the perceptron's own rule
 * @param optimizer how; none for the perceptron's own rule
 * @param epochs the most passes over the training rows
 * @param batch rows per step; none means all
 * @param stopBelow training ends when the loss of an epoch falls below this (file 001); none means
 *     never
 * @param stopping what else ends training, and the rows that are watched for it
 * @param metrics what predictions are scored by besides; none means the usual metrics
 * @param seed what initial weights, split and shuffles come from
 * @param dtype f32 or f64
 * @param threads how many threads a step may use; results do not depend on it
 */
public record TrainingSpec(
    String name,
    DataSpec data,
    SplitSpec split,
    Standardisation standardisation,
    ModelSpec model,
    Optional<LossSpec> loss,
    Optional<OptimizerSpec> optimizer,
    int epochs,
    OptionalInt batch,
    OptionalDouble stopBelow,
    Stopping stopping,
    List<Metric> metrics,
    long seed,
    DType dtype,
    int threads) {
  public TrainingSpec {
    metrics = ImmutableList.copyOf(metrics);
  }

  /** Returns the same run with another seed. */
  public TrainingSpec withSeed(long other) {
    return new TrainingSpec(
        name,
        data,
        split,
        standardisation,
        model,
        loss,
        optimizer,
        epochs,
        batch,
        stopBelow,
        stopping,
        metrics,
        other,
        dtype,
        threads);
  }

  /** Returns the same run in another dtype. */
  public TrainingSpec withDtype(DType other) {
    return new TrainingSpec(
        name,
        data,
        split,
        standardisation,
        model,
        loss,
        optimizer,
        epochs,
        batch,
        stopBelow,
        stopping,
        metrics,
        seed,
        other,
        threads);
  }

  /** Returns the same run on another number of threads. */
  public TrainingSpec withThreads(int other) {
    return new TrainingSpec(
        name,
        data,
        split,
        standardisation,
        model,
        loss,
        optimizer,
        epochs,
        batch,
        stopBelow,
        stopping,
        metrics,
        seed,
        dtype,
        other);
  }

  /** Returns the same run of at most that many epochs. */
  public TrainingSpec withEpochs(int other) {
    return new TrainingSpec(
        name,
        data,
        split,
        standardisation,
        model,
        loss,
        optimizer,
        other,
        batch,
        stopBelow,
        stopping,
        metrics,
        seed,
        dtype,
        threads);
  }
}
