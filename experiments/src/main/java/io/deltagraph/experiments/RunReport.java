package io.deltagraph.experiments;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.check.GradientSummary;
import io.deltagraph.check.Verdict;
import io.deltagraph.crosscheck.LinearSolution;
import io.deltagraph.data.metrics.Metric;
import io.deltagraph.data.metrics.Score;
import io.deltagraph.data.metrics.ScoreReport;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.files.ModelFiles;
import io.deltagraph.models.OpChoice;
import io.deltagraph.training.TrainingEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * All that a run was asked for, did and came to, as plain values: whatever shows a run, as text, as
 * JSON or as a page, is written from this alone. A part that the run has not is absent.
 *
 * @param origin what ran, and when
 * @param settings the spec as it was asked for, seed, dtype and threads included
 * @param data the rows
 * @param net the model
 * @param checks of gradients, in the order in which they were made
 * @param validation the scores by folds
 * @param training how training went
 * @param divergence how it went where it came to a number that is not finite, in place of that
 * @param comparisons of the trained model with what else is known of such models
 * @param scores of the predictions
 * @param files where the model is
 * @param kept what there is in place of a model where none was saved
 * @param details what else is drawn of the run, where it was asked for
 */
public record RunReport(
    Origin origin,
    Optional<TrainingSpec> settings,
    Optional<Data> data,
    Optional<Net> net,
    List<Check> checks,
    Optional<CrossValidation> validation,
    Optional<Training> training,
    Optional<Divergence> divergence,
    List<Comparison> comparisons,
    Optional<Scores> scores,
    Optional<Files> files,
    Optional<RunListener.Kept> kept,
    Optional<RunDetails> details) {
  public RunReport {
    checks = ImmutableList.copyOf(checks);
    comparisons = ImmutableList.copyOf(comparisons);
  }

  /**
   * The verdict on all that was checked: fail if anything fails, inconclusive if anything leaves a
   * doubt. A training that diverged fails.
   */
  public Verdict verdict() {
    return divergence.isPresent() ? Verdict.FAIL : verdict(checks, comparisons);
  }

  /** Loss and score of each epoch that came to its end, where there was a training. */
  public Optional<Curve> curve() {
    return training.map(Training::curve).or(() -> divergence.map(Divergence::curve));
  }

  static Verdict verdict(List<Check> checks, List<Comparison> comparisons) {
    Verdict verdict = Verdict.PASS;
    for (Check check : checks) {
      verdict = verdict.and(check.gradients().verdict());
    }
    for (Comparison comparison : comparisons) {
      verdict = verdict.and(comparison.verdict());
    }
    return verdict;
  }

  /**
   * What ran, and when.
   *
   * @param name of the spec or the saved model
   * @param version of this project, or an empty text where its classes do not tell
   * @param started when the run began
   * @param took how long all of it was
   * @param phases what it was spent on, in order
   */
  public record Origin(
      String name, String version, Instant started, Duration took, List<Timed> phases) {
    public Origin {
      phases = ImmutableList.copyOf(phases);
    }
  }

  /** A part of a run, and how long it was. */
  public record Timed(Phase phase, Duration took) {}

  /** What a run spends its time on. */
  public enum Phase {
    /** Reading, splitting and scaling the rows, and planning the net. */
    DATA,
    /** Checking gradients at random weights. */
    CHECK,
    /** Scoring by folds. */
    FOLDS,
    /** Training. */
    TRAINING,
    /** Checking gradients at the trained weights. */
    CHECK_AFTER,
    /** Comparing the model with what else is known of such models. */
    COMPARISONS,
    /** Predicting rows, and scoring that. */
    SCORES,
    /** Writing the model. */
    SAVE
  }

  /**
   * The rows.
   *
   * @param name of the built-in set or the file
   * @param target the column to predict
   * @param features their names, products and categories included
   * @param classes their names; none where a number is predicted
   * @param training how many rows are trained on
   * @param heldOut how many rows are scored and never trained on
   * @param split one sentence on what is held out
   * @param taken what the table was taken for where it is not plain numbers between commas
   */
  public record Data(
      String name,
      String target,
      List<String> features,
      List<String> classes,
      int training,
      int heldOut,
      String split,
      List<String> taken) {
    public Data {
      taken = ImmutableList.copyOf(taken);
      features = ImmutableList.copyOf(features);
      classes = ImmutableList.copyOf(classes);
    }
  }

  /**
   * The model.
   *
   * @param family in words, such as {@code a multilayer perceptron}
   * @param layers from the first to the last
   * @param parameters the number of numbers that training sets
   * @param loss in words, penalties included
   * @param optimizer in words
   */
  public record Net(
      String family, List<NetLayer> layers, int parameters, String loss, String optimizer) {
    public Net {
      layers = ImmutableList.copyOf(layers);
    }
  }

  /**
   * A layer; its weights are units × inputs.
   *
   * @param activation the op and its attributes
   * @param inputs the number of numbers that it takes
   * @param units the number of neurons, each with a bias
   * @param parameters weights, biases and what the activation has besides
   */
  public record NetLayer(OpChoice activation, int inputs, int units, int parameters) {}

  /**
   * A check of gradients.
   *
   * @param moment when it was made
   * @param rows how many rows it was made on
   * @param gradients what it says, tensor by tensor
   * @param remark why there is no closed form to compare with, or why the gradients are too small
   *     to be compared, in sentences
   * @param notFinite what made the first number that is not finite, where the check does not pass
   *     and there is one
   */
  public record Check(
      Moment moment,
      int rows,
      GradientSummary gradients,
      Optional<String> remark,
      Optional<String> notFinite) {

    /** When a check is made. */
    public enum Moment {
      /** Before training, at random weights. */
      BEFORE,
      /** At the trained weights. */
      AFTER
    }
  }

  /**
   * How training went.
   *
   * @param epochs the number of passes that were made
   * @param loss the mean of the last epoch; NaN if there was none
   * @param stoppedBelow the bound that the loss fell below, where that ended training
   * @param end why it has ended
   * @param bestEpoch whose weights were taken back, where there is patience
   * @param rows how many rows were gone through in all, since it was resumed if it was
   * @param seconds how long that took
   * @param pace how soon it was fast
   * @param curve epoch by epoch
   */
  public record Training(
      int epochs,
      double loss,
      OptionalDouble stoppedBelow,
      TrainingEnd end,
      OptionalInt bestEpoch,
      long rows,
      double seconds,
      Pace pace,
      Curve curve) {

    /** How many rows a second. */
    public double rowsPerSecond() {
      return rows / seconds;
    }
  }

  /**
   * How soon training was fast.
   *
   * @param firstSecond rows a second in the first second, or in all of a shorter training
   * @param settledAfter how many seconds it took until no step was warmed aside any more, where it
   *     came to that
   * @param settled rows a second from then on, where that was a tenth of a second or longer
   * @param fastSteps how many steps of its plans ran on the faster backend in the end
   * @param steps how many there were
   */
  public record Pace(
      double firstSecond,
      OptionalDouble settledAfter,
      OptionalDouble settled,
      int fastSteps,
      int steps) {}

  /**
   * How loss and score went.
   *
   * @param measure what the score is
   * @param points one for each epoch
   */
  public record Curve(Measure measure, List<Point> points) {
    public Curve {
      points = ImmutableList.copyOf(points);
    }

    /** What scores an epoch. */
    public enum Measure {
      /** The share of rows that are right. */
      ACCURACY,
      /** The root of the mean square of the errors, in the unit of the target. */
      RMSE
    }
  }

  /**
   * An epoch.
   *
   * @param epoch from 1
   * @param loss the mean of its batches' losses, each before its step, weighted by its rows
   * @param score on the rows trained on, each before its step
   * @param heldOutLoss the loss on the held-out rows after the epoch, where it was asked for
   * @param validationLoss the loss on the validation rows after the epoch, where there are any
   */
  public record Point(
      int epoch,
      double loss,
      double score,
      OptionalDouble heldOutLoss,
      OptionalDouble validationLoss) {}

  /** What a trained model is compared with besides. */
  public sealed interface Comparison {
    /** Whether a check fails by it; what only informs passes. */
    default Verdict verdict() {
      return Verdict.PASS;
    }
  }

  /** What a single perceptron makes of the same rows. */
  public record SinglePerceptron(PerceptronTrial trial) implements Comparison {}

  /**
   * Each update of a perceptron's training beside {@code η (t − H(z)) x}.
   *
   * @param verdict on all of them
   * @param steps how many were compared
   * @param changes how many of them changed a weight, by either side
   * @param worst the largest relative difference
   * @param first the first of those that changed a weight
   */
  public record PerceptronRule(
      Verdict verdict, int steps, int changes, double worst, List<Update> first)
      implements Comparison {
    /** How many updates are kept. */
    public static final int MOST_KEPT = 20;

    public PerceptronRule {
      first = ImmutableList.copyOf(first);
    }
  }

  /**
   * An update.
   *
   * @param epoch from 1
   * @param rows how many rows the step saw
   * @param inputs x of the first of them
   * @param target t of the first of them
   * @param output H(z) of the first of them
   * @param formula of w ∥ [b], by the closed form
   * @param taken of w ∥ [b], by the engine
   * @param difference the largest between the two, relative to the largest entry
   */
  public record Update(
      int epoch,
      int rows,
      List<Double> inputs,
      double target,
      double output,
      List<Double> formula,
      List<Double> taken,
      double difference) {
    public Update {
      inputs = ImmutableDoubleArray.copyOf(inputs).asList();
      formula = ImmutableDoubleArray.copyOf(formula).asList();
      taken = ImmutableDoubleArray.copyOf(taken).asList();
    }
  }

  /** The weights of a linear regression beside the solution by QR, or why there is none. */
  public record LeastSquares(LinearSolution.Result result) implements Comparison {}

  /**
   * How good the predictions are.
   *
   * @param rows which rows were predicted
   * @param report the scores
   * @param metrics those that were asked for by name, in their order
   * @param remarks what is odd about them and what to do, each in sentences
   */
  public record Scores(
      ScoredRows rows, ScoreReport report, Map<Metric, Score> metrics, List<String> remarks) {
    public Scores {
      metrics = ImmutableMap.copyOf(metrics);
      remarks = ImmutableList.copyOf(remarks);
    }
  }

  /** Which rows are scored. */
  public enum ScoredRows {
    /** Rows that were never trained on. */
    HELD_OUT,
    /** The rows trained on, as none are held out. */
    TRAINING,
    /** The rows of a table given for that. */
    TABLE
  }

  /**
   * Where a model is.
   *
   * @param stem the path as it was given
   * @param json the file with the graph
   * @param weights the file with the parameters
   */
  public record Files(Path stem, Path json, Path weights) {
    /** The files of a model by its path, with or without an ending. */
    public static Files of(Path stem) {
      return new Files(stem, ModelFiles.json(stem), ModelFiles.weights(stem));
    }
  }
}
