package io.deltagraph.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A code for each row: a byte while there are few of them, four from then on; in pieces. */
final class Codes {
  static final int BITS = 12;
  static final int MASK = (1 << BITS) - 1;
  private static final int FIRST = 64;

  private final List<byte[]> narrow = new ArrayList<>();
  private final List<int[]> wide = new ArrayList<>();
  private byte[] lastNarrow = {};
  private int[] lastWide = {};
  private boolean isWide;
  private int size;

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
        lastWide = new int[first(size)];
        wide.add(lastWide);
      } else if (at == lastWide.length) {
        lastWide = Arrays.copyOf(lastWide, 2 * at);
        wide.set(wide.size() - 1, lastWide);
      }
      lastWide[at] = code;
    } else {
      if (at == 0) {
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

  private void widen() {
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

  /** Bytes for each row. */
  int width() {
    return isWide ? Integer.BYTES : Byte.BYTES;
  }

  int size() {
    return size;
  }

  int get(int row) {
    int piece = row >> BITS;
    return isWide ? wide.get(piece)[row & MASK] : narrow.get(piece)[row & MASK] & 0xFF;
  }

  /** Writes what each row's code stands for. */
  void fill(double[] values, int[] rows, int from, int to, double[] out) {
    for (int i = from; i < to; i++) {
      out[i - from] = values[get(rows[i])];
    }
  }
}
