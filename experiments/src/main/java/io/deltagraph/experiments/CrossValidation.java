package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.data.Targets;
import io.deltagraph.data.metrics.ClassificationReport;
import io.deltagraph.data.metrics.RegressionReport;
import io.deltagraph.data.metrics.Score;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.serving.CompiledModel;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.training.TrainingResult;
import java.nio.file.Path;
import java.util.List;

/**
 * How well a spec does on rows that it was not trained on: every fold is held out once, for each
 * seed anew. A seed deals the rows, draws the weights and orders the batches; scaling is learnt
 * from the training rows of each fold alone.
 *
 * @param name of the spec
 * @param measure {@code accuracy} or {@code R2}
 * @param folds the score of each, seed by seed
 */
public record CrossValidation(String name, String measure, List<Fold> folds) {

  /**
   * One fold.
   *
   * @param seed what the rows were dealt by
   * @param number from 1
   * @param rows held out
   * @param score on them
   */
  public record Fold(long seed, int number, int rows, Score score) {}

  /** Checks that there is a fold. */
  public CrossValidation {
    folds = ImmutableList.copyOf(folds);
    if (folds.isEmpty()) {
      throw new IllegalArgumentException("There is no fold to validate on; give a seed.");
    }
  }

  /**
   * Trains and scores {@code k} times for each seed.
   *
   * @param folder what relative paths in the spec are relative to
   * @param k the number of folds, from 2 to the number of rows
   * @param seeds at least one
   * @throws io.deltagraph.data.InputException for data that do not fit the spec
   */
  public static CrossValidation of(
      TrainingSpec spec, Path folder, int k, List<Long> seeds, OpLookup ops) {
    ImmutableList.Builder<Fold> folds = ImmutableList.builder();
    String measure = "accuracy";
    for (long seed : seeds) {
      int number = 0;
      for (Experiment experiment : Experiment.folds(spec.withSeed(seed), k, folder, ops)) {
        number++;
        measure = experiment.held().target() instanceof Targets.Numbers ? "R2" : measure;
        int rows = experiment.held().count();
        folds.add(new Fold(seed, number, rows, score(experiment, ops)));
      }
    }
    return new CrossValidation(spec.name(), measure, folds.build());
  }

  private static Score score(Experiment experiment, OpLookup ops) {
    TrainingSpec spec = experiment.spec();
    Network network = Network.build(experiment.plan(), ops, Seeds.of(spec.seed()));
    TrainingResult result =
        Trainers.train(
            spec, Trainers.of(spec, network), experiment.training(), TrainingListener.NONE);
    Tensor outputs =
        CompiledModel.of(network.prediction(), result.parameters())
            .predict(experiment.held().samples().inputs());
    return switch (experiment.held().target()) {
      case Targets.Classes classes ->
          ClassificationReport.of(
                  classes.labels(),
                  Ints.asList(experiment.form().predictedClasses(outputs)),
                  classes.names())
              .accuracy();
      case Targets.Numbers numbers ->
          RegressionReport.of(numbers.values(), Doubles.asList(experiment.numbers(outputs))).r2();
    };
  }

  /** The mean score; NaN if a fold has none. */
  public double mean() {
    return folds.stream().mapToDouble(CrossValidation::value).sum() / folds.size();
  }

  /** The deviation of the folds' scores, {@code √(Σ (s − mean)² / (n − 1))}; 0 of one fold. */
  public double deviation() {
    double mean = mean();
    double squares =
        folds.stream().mapToDouble(CrossValidation::value).map(s -> (s - mean) * (s - mean)).sum();
    return Math.sqrt(squares / Math.max(1, folds.size() - 1));
  }

  /** The standard error of the mean, {@code deviation / √n}. */
  public double standardError() {
    return deviation() / Math.sqrt(folds.size());
  }

  private static double value(Fold fold) {
    return fold.score().number().orElse(Double.NaN);
  }
}
