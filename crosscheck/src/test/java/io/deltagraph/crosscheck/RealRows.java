package io.deltagraph.crosscheck;

import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvTable;
import io.deltagraph.data.FeatureColumns;
import io.deltagraph.data.Features;
import io.deltagraph.data.Labels;
import io.deltagraph.data.Standardisation;
import io.deltagraph.data.Targets;
import io.deltagraph.random.Seeds;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.training.Samples;
import io.deltagraph.type.TensorType;
import java.util.Arrays;
import java.util.List;

/** Rows of the shipped sets to check nets on. */
final class RealRows {
  static final OpRegistry OPS = OpRegistry.load();

  private RealRows() {}

  /** Standardised wines with their cultivars as rows of 0 and 1, some of each. */
  static Samples wines(int count) {
    BuiltInSet set = BuiltInSet.WINE;
    CsvTable table = set.table();
    Targets.Classes classes = Labels.learn(table, set.target(), set.classNames());
    Features features =
        FeatureColumns.choose(table, set.target(), List.of(), List.of()).read(table);
    Features scaled = new Standardisation.MeanDeviation().fit(features).apply(features);
    Samples all = new Samples(scaled.values(), classes.oneHot());
    int[] order = Seeds.of(3).stream().permutation(all.count());
    return all.rows(Arrays.copyOf(order, count));
  }

  static Samples withTargets(Samples samples, Tensor targets) {
    return new Samples(samples.inputs(), targets);
  }

  /** −1 for 0 and 1 for 1. */
  static Samples signs(Samples samples) {
    Tensor bits = samples.targets();
    return withTargets(samples, Tensor.generate(bits.type(), i -> 2 * bits.get(i) - 1));
  }

  /** Rows of 0 and 1 as the numbers of the classes. */
  static Samples indices(Samples samples) {
    Tensor bits = samples.targets();
    int width = bits.size(1);
    int[] classes = new int[samples.count()];
    for (int i = 0; i < bits.length(); i++) {
      if (bits.get(i) == 1) {
        classes[i / width] = i % width;
      }
    }
    return withTargets(samples, Tensor.indices(classes));
  }

  /** Soft targets: probabilities that sum to 1, or do not. */
  static Samples soft(Samples samples, double sum) {
    Tensor bits = samples.targets();
    TensorType type = bits.type();
    double rest = 0.3 / (type.shape().dim(1).size() - 1);
    return withTargets(samples, Tensor.generate(type, i -> sum * (bits.get(i) == 1 ? 0.7 : rest)));
  }
}
