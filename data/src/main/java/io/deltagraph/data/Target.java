package io.deltagraph.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;

/** What is to be predicted, one entry per row. */
public sealed interface Target {
  /** Returns the number of rows. */
  int rows();

  /** Returns the entries of the given rows, in the given order. */
  Target select(ImmutableIntArray chosen);

  /**
   * A class per row.
   *
   * @param labels per row an index into the names
   * @param names the classes' names
   */
  record Classes(ImmutableIntArray labels, ImmutableList<String> names) implements Target {
    /**
     * Checks the labels.
     *
     * @throws IllegalArgumentException for a label that names no class
     */
    public Classes {
      ImmutableList<String> known = names;
      labels.forEach(label ->
          checkArgument(
              label >= 0 && label < known.size(), "label %s of %s classes", label, known.size()));
    }

    @Override
    public int rows() {
      return labels.length();
    }

    @Override
    public Classes select(ImmutableIntArray chosen) {
      ImmutableIntArray.Builder out = ImmutableIntArray.builder(Math.max(1, chosen.length()));
      chosen.forEach(row -> out.add(labels.get(row)));
      return new Classes(out.build(), names);
    }

    /** Returns how many rows each class has, K entries. */
    public ImmutableIntArray counts() {
      int[] counts = new int[names.size()];
      labels.forEach(label -> counts[label]++);
      return ImmutableIntArray.copyOf(counts);
    }
  }

  /**
   * A number per row.
   *
   * @param values the numbers
   */
  record Numbers(ImmutableDoubleArray values) implements Target {
    @Override
    public int rows() {
      return values.length();
    }

    @Override
    public Numbers select(ImmutableIntArray chosen) {
      ImmutableDoubleArray.Builder out = ImmutableDoubleArray.builder(Math.max(1, chosen.length()));
      chosen.forEach(row -> out.add(values.get(row)));
      return new Numbers(out.build());
    }
  }
}
