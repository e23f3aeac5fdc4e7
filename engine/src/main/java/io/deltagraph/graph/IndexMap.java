package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.List;

/**
 * Output position {@code (i0, i1, …)} shows the input's row-major element {@code offset + Σ ik ·
 * strides[k]}.
 */
public record IndexMap(int offset, List<Integer> strides) {
  public IndexMap {
    strides = ImmutableList.copyOf(strides);
  }

  /** The row-major strides of an array of those sizes. */
  public static int[] rowMajor(int... sizes) {
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= sizes[i];
    }
    return strides;
  }

  /** The map that shows an array of those sizes as it is. */
  public static IndexMap identity(int... sizes) {
    return of(0, rowMajor(sizes));
  }

  /** A map of that offset and those strides, one per output dimension. */
  public static IndexMap of(int offset, int... strides) {
    return new IndexMap(offset, Ints.asList(strides));
  }
}
