package io.deltagraph.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A code for each row: a byte while there are few of them, four from then on; in pieces, of which
 * all but the last are in a file where columns are on disk.
 */
final class Codes {
  static final int BITS = 12;
  static final int MASK = (1 << BITS) - 1;
  private static final int FIRST = 64;

  private final @Nullable Scratch scratch;
  private Offsets offsets = new Offsets();
  private final List<byte[]> narrow = new ArrayList<>();
  private final List<int[]> wide = new ArrayList<>();
  private byte[] lastNarrow = {};
  private int[] lastWide = {};
  private boolean isWide;
  private int size;

  /**
   * No codes yet.
   *
   * @param scratch where full pieces are kept; none means in memory
   */
  Codes(@Nullable Scratch scratch) {
    this.scratch = scratch;
  }

  /** The length of a new piece: the first one grows, so that small tables stay small. */
  static int first(int size) {
    return size == 0 ? FIRST : MASK + 1;
  }

  void add(int code) {
    if (!isWide && code > 0xFF) {
      widen();
    }
    int at = size & MASK;
    if (isWide) {
      if (at == 0) {
        spill();
        lastWide = new int[first(size)];
        wide.add(lastWide);
      } else if (at == lastWide.length) {
        lastWide = Arrays.copyOf(lastWide, 2 * at);
        wide.set(wide.size() - 1, lastWide);
      }
      lastWide[at] = code;
    } else {
      if (at == 0) {
        spill();
        lastNarrow = new byte[first(size)];
        narrow.add(lastNarrow);
      } else if (at == lastNarrow.length) {
        lastNarrow = Arrays.copyOf(lastNarrow, 2 * at);
        narrow.set(narrow.size() - 1, lastNarrow);
      }
      lastNarrow[at] = (byte) code;
    }
    size++;
  }

  /** Moves the last piece, which is full, to the file. */
  private void spill() {
    if (scratch == null || size == 0) {
      return;
    }
    if (isWide) {
      offsets.add(scratch.write(lastWide));
      wide.clear();
    } else {
      offsets.add(scratch.write(lastNarrow));
      narrow.clear();
    }
  }

  private void widen() {
    Offsets written = offsets;
    offsets = new Offsets();
    if (scratch != null) {
      for (int piece = 0; piece < written.size(); piece++) {
        int[] codes = new int[MASK + 1];
        for (int i = 0; i <= MASK; i++) {
          codes[i] = scratch.all().get(ValueLayout.JAVA_BYTE, written.get(piece) + i) & 0xFF;
        }
        offsets.add(scratch.write(codes));
      }
    }
    for (byte[] piece : narrow) {
      lastWide = new int[piece.length];
      for (int i = 0; i < piece.length; i++) {
        lastWide[i] = piece[i] & 0xFF;
      }
      wide.add(lastWide);
    }
    narrow.clear();
    isWide = true;
  }

  /** Bytes of memory for each row. */
  int width() {
    if (scratch != null) {
      return 0;
    }
    return isWide ? Integer.BYTES : Byte.BYTES;
  }

  int size() {
    return size;
  }

  int get(int row) {
    int piece = row >> BITS;
    int at = row & MASK;
    if (scratch != null && piece < offsets.size()) {
      MemorySegment all = scratch.all();
      return isWide
          ? all.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, offsets.get(piece) / Integer.BYTES + at)
          : all.get(ValueLayout.JAVA_BYTE, offsets.get(piece) + at) & 0xFF;
    }
    int kept = piece - offsets.size();
    return isWide ? wide.get(kept)[at] : narrow.get(kept)[at] & 0xFF;
  }

  /** Writes what each row's code stands for. */
  void fill(double[] values, int[] rows, int from, int to, double[] out) {
    for (int i = from; i < to; i++) {
      out[i - from] = values[get(rows[i])];
    }
  }
}
