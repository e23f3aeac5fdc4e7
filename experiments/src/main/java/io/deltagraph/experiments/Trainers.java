package io.deltagraph.experiments;

import io.deltagraph.data.Standardisation;
import io.deltagraph.experiments.spec.DataSpec;
import io.deltagraph.experiments.spec.ModelSpec;
import io.deltagraph.experiments.spec.TargetKind;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.Network;
import io.deltagraph.random.Seeds;
import io.deltagraph.training.DivergedException;
import io.deltagraph.training.RowFile;
import io.deltagraph.training.Samples;
import io.deltagraph.training.Trainer;
import io.deltagraph.training.TrainingListener;
import io.deltagraph.training.TrainingOptions;
import io.deltagraph.training.TrainingResult;
import java.util.ArrayList;
import java.util.List;

/** The trainer that a spec asks for, and how it is to train. */
public final class Trainers {
  /** Targets beyond this make steps that no usual learning rate is made for. */
  private static final double LARGE = 100;

  private Trainers() {}

  /**
   * By gradients under the spec's optimizer, or by the perceptron's own rule; once per net.
   *
   * @throws io.deltagraph.data.InputException for an optimizer or an option that does not exist
   */
  public static Trainer of(TrainingSpec spec, Network network) {
    return switch (spec.model()) {
      case ModelSpec.Perceptron perceptron ->
          Trainer.byPerceptronRule(network, perceptron.learningRate());
      case ModelSpec.Linear ignored -> byGradient(spec, network);
      case ModelSpec.Logistic ignored -> byGradient(spec, network);
      case ModelSpec.Softmax ignored -> byGradient(spec, network);
      case ModelSpec.Mlp ignored -> byGradient(spec, network);
    };
  }

  /** How long and in what portions a spec trains. */
  public static TrainingOptions options(TrainingSpec spec) {
    return new TrainingOptions(
        spec.epochs(),
        spec.batch(),
        spec.stopBelow(),
        Seeds.of(spec.seed()),
        spec.threads(),
        spec.stopping());
  }

  /**
   * Trains.
   *
   * @throws DivergedException with what can be changed in the spec
   */
  public static TrainingResult train(
      TrainingSpec spec, Trainer trainer, Samples samples, TrainingListener listener) {
    try {
      return trainer.options(options(spec)).listener(listener).fit(samples);
    } catch (DivergedException e) {
      throw e.advising(advice(spec, samples));
    }
  }

  /** The same on the rows of an experiment, wherever they are. */
  static TrainingResult train(
      TrainingSpec spec, Trainer trainer, Experiment.Labelled training, TrainingListener listener) {
    if (!(spec.data().storage() instanceof DataSpec.Storage.Disk(int portion))) {
      return train(spec, trainer, training.samples(), listener);
    }
    Trainer known = portion > 0 ? trainer.portion(portion) : trainer;
    try (RowFile file = TableRows.file(training.stored().orElseThrow())) {
      return known.options(options(spec)).listener(listener).fit(file);
    } catch (DivergedException e) {
      throw e.advising(advice(spec, training.samples()));
    }
  }

  /** What a spec that diverges can change, in the words of the spec. */
  private static String advice(TrainingSpec spec, Samples samples) {
    List<String> changes = new ArrayList<>();
    changes.add(
        "set \"learningRate\" lower than "
            + switch (spec.model()) {
              case ModelSpec.Perceptron perceptron -> perceptron.learningRate();
              case ModelSpec.Linear ignored -> rate(spec);
              case ModelSpec.Logistic ignored -> rate(spec);
              case ModelSpec.Softmax ignored -> rate(spec);
              case ModelSpec.Mlp ignored -> rate(spec);
            });
    boolean scaled =
        spec.standardisation() instanceof Standardisation.MeanDeviation
            || spec.standardisation() instanceof Standardisation.MinMax;
    if (!scaled) {
      changes.add("scale the features by \"standardisation\": \"standard\"");
    }
    if (spec.data().task() == TargetKind.REGRESSION) {
      double largest = 0;
      for (double target : samples.targets().toDoubles()) {
        largest = Math.max(largest, Math.abs(target));
      }
      if (largest > LARGE) {
        changes.add(
            "divide the column '"
                + spec.data().target()
                + "', which goes up to "
                + largest
                + ", by such a number");
      }
    }
    if (spec.optimizer().filter(known -> known.clipping().isEmpty()).isPresent()) {
      changes.add("cut the gradients by \"clipping\": { \"globalNorm\": 1 } in \"optimizer\"");
    }
    String text = String.join(", or ", changes);
    return "In the spec, " + text + ".";
  }

  private static double rate(TrainingSpec spec) {
    return spec.optimizer().orElseThrow().learningRate();
  }

  private static Trainer byGradient(TrainingSpec spec, Network network) {
    return Trainer.of(network.model())
        .optimizer(OptimizerPlans.of(spec.optimizer().orElseThrow(), spec.name()));
  }
}
