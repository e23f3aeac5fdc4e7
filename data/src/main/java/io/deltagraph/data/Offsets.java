package io.deltagraph.data;

import java.util.Arrays;

/** Where pieces begin in a file. */
final class Offsets {
  private long[] all = new long[16];
  private int size;

  void add(long offset) {
    if (size == all.length) {
      all = Arrays.copyOf(all, 2 * size);
    }
    all[size++] = offset;
  }

  long get(int piece) {
    return all[piece];
  }

  int size() {
    return size;
  }
}
