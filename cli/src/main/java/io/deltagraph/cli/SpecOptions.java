package io.deltagraph.cli;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.InputException;
import io.deltagraph.experiments.spec.SpecReader;
import io.deltagraph.experiments.spec.TrainingSpec;
import io.deltagraph.models.NetworkPlan;
import io.deltagraph.type.DType;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which spec, and what to change in it. */
final class SpecOptions {
  @Parameters(
      paramLabel = "SPEC",
      description =
          "The name of a built-in set (digits, breast-cancer, iris, wine, diabetes, house-prices,"
              + " xor, and, or) or the path of a spec in JSON.")
  private String name = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What the split, the weights and the order of the rows are drawn from.")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads a step may use; the results are the same bits.")
  private @Nullable Integer threads;

  @Option(names = "--dtype", paramLabel = "f32|f64", description = "The type of the weights.")
  private @Nullable Precision dtype;

  /** What weights may be. */
  enum Precision {
    f32,
    f64
  }

  /** Whether the argument is that word. */
  boolean named(String word) {
    return name.equals(word);
  }

  /** The folder that relative paths in the spec start from. */
  Path folder() {
    Path parent = file().map(file -> file.toAbsolutePath().getParent()).orElse(null);
    return parent == null ? Path.of("") : parent;
  }

  /** The spec's file, unless it is built in. */
  Optional<Path> file() {
    return BuiltInSet.of(name).isPresent() ? Optional.empty() : Optional.of(Path.of(name));
  }

  /** The spec as it was asked for. */
  TrainingSpec spec() {
    TrainingSpec spec = SpecReader.resolve(name);
    if (seed != null) {
      spec = spec.withSeed(seed);
    }
    if (dtype != null) {
      spec = spec.withDtype(DType.parse(dtype.name()));
    }
    if (threads != null) {
      spec = spec.withThreads(atLeastOne("--threads", threads));
    }
    return spec;
  }

  /**
   * A net of dense layers and no more, all of whose rows count the same, as the textbook's formulas
   * are.
   *
   * @throws InputException for one with normalisation or dropout, or with weights of classes
   */
  NetworkPlan plain(NetworkPlan plan) {
    if (!plan.isPlain()) {
      throw new InputException(
          name,
          "layers with normalisation or dropout",
          "dense layers alone, of which there are derivations",
          "leave both out, or compare gradients with differences by 'check'");
    }
    if (plan.weighted()) {
      throw new InputException(
          name,
          "weights of classes",
          "rows that all count the same, of which there are derivations",
          "leave out loss.classWeights, or compare gradients with the closed form by 'check'");
    }
    return plan;
  }

  static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new InputException(option, Integer.toString(value), "1 or more", "correct the value");
    }
    return value;
  }
}
