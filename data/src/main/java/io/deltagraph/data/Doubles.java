package io.deltagraph.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers in pieces, so that a long column grows without being copied. */
final class Doubles implements NumberColumn {
  private final List<double[]> pieces = new ArrayList<>();
  private double[] last = {};
  private int size;

  void add(double value) {
    int at = size & Codes.MASK;
    if (at == 0) {
      last = new double[Codes.first(size)];
      pieces.add(last);
    } else if (at == last.length) {
      last = Arrays.copyOf(last, 2 * at);
      pieces.set(pieces.size() - 1, last);
    }
    last[at] = value;
    size++;
  }

  @Override
  public void fill(int[] rows, int from, int to, double[] out) {
    for (int i = from; i < to; i++) {
      int row = rows[i];
      out[i - from] = pieces.get(row >> Codes.BITS)[row & Codes.MASK];
    }
  }
}
