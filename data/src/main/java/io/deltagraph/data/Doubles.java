package io.deltagraph.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers in pieces, so that a long column grows without being copied; on disk, all but the last
 * piece are in a file.
 */
final class Doubles implements NumberColumn {
  private final @Nullable Scratch scratch;
  private final Offsets offsets = new Offsets();
  private final List<double[]> pieces = new ArrayList<>();
  private double[] last = {};
  private int size;

  /**
   * No numbers yet.
   *
   * @param scratch where full pieces are kept; none means in memory
   */
  Doubles(@Nullable Scratch scratch) {
    this.scratch = scratch;
  }

  void add(double value) {
    int at = size & Codes.MASK;
    if (at == 0 && scratch != null) {
      if (size > 0) {
        offsets.add(scratch.write(last));
      } else {
        last = new double[Codes.MASK + 1];
      }
    } else if (at == 0) {
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
    if (scratch != null) {
      MemorySegment all = scratch.all();
      for (int i = from; i < to; i++) {
        int piece = rows[i] >> Codes.BITS;
        int at = rows[i] & Codes.MASK;
        out[i - from] =
            piece < offsets.size()
                ? all.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, offsets.get(piece) / 8 + at)
                : last[at];
      }
      return;
    }
    for (int i = from; i < to; i++) {
      int row = rows[i];
      out[i - from] = pieces.get(row >> Codes.BITS)[row & Codes.MASK];
    }
  }
}
