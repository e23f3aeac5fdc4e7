package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.primitives.ImmutableIntArray;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.List;

/** What is to be predicted, one entry per row. */
public sealed interface Targets {
  /** Returns the number of rows. */
  int rows();

  /** Returns the entries of the given rows, in the given order. */
  Targets select(List<Integer> chosen);

  /**
   * A class per row.
   *
   * @param labels per row an index into the names
   * @param names the classes' names
   */
  record Classes(List<Integer> labels, List<String> names) implements Targets {
    /**
     * Checks the labels.
     *
     * @throws IllegalArgumentException for a label that names no class
     */
    public Classes {
      labels = Packed.ints(labels);
      names = ImmutableList.copyOf(names);
      List<String> known = names;
      labels.forEach(label ->
          checkArgument(
              label >= 0 && label < known.size(), "label %s of %s classes", label, known.size()));
    }

    @Override
    public int rows() {
      return labels.size();
    }

    @Override
    public Classes select(List<Integer> chosen) {
      return new Classes(Lists.transform(chosen, labels::get), names);
    }

    /** Returns the labels as indices, i32, n. */
    public Tensor indices() {
      return Tensor.indices(Ints.toArray(labels));
    }

    /** Returns rows of 0 and 1, f64, n × K: 1 in the column of the row's class. */
    public Tensor oneHot() {
      TensorType type = TensorType.of(DType.F64, rows(), names.size());
      return Tensor.generate(type, i -> labels.get(i / names.size()) == i % names.size() ? 1 : 0);
    }

    /** Returns how many rows each class has, K entries. */
    public List<Integer> counts() {
      int[] counts = new int[names.size()];
      labels.forEach(label -> counts[label]++);
      return ImmutableIntArray.copyOf(counts).asList();
    }
  }

  /**
   * A number per row.
   *
   * @param values the numbers
   */
  record Numbers(List<Double> values) implements Targets {
    public Numbers {
      values = Packed.doubles(values);
    }

    @Override
    public int rows() {
      return values.size();
    }

    @Override
    public Numbers select(List<Integer> chosen) {
      return new Numbers(Lists.transform(chosen, values::get));
    }
  }
}
