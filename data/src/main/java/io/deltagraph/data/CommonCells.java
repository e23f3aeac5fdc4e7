package io.deltagraph.data;

/**
 * The cells that a table had first, whatever their column, each once. They are few enough to be
 * found in the fastest memory, and what is known of them (the text, the number) is made once: most
 * cells of pixels, counts, classes and categories are among them.
 */
final class CommonCells {
  static final int MOST = 1 << 10;
  private static final int LONGEST = 32;
  private static final int LAST = 4 * MOST - 1;

  private final String[] texts = new String[MOST];
  private final double[] numbers = new double[MOST];
  private final char[] slots = new char[LAST + 1]; // one more than a number of a cell, or 0
  private int size;
  private long found;
  private long asked;

  /** The number of a cell, or −1 for one that is not among them. */
  int find(char[] text, int from, int length) {
    asked++;
    if (length > LONGEST) {
      return -1;
    }
    int hash = length;
    for (int i = from; i < from + length; i++) {
      hash = hash * 31 + text[i];
    }
    // The low bits of such sums of digits are much alike.
    int slot = ((hash * 0x9E3779B1) >>> 16) & LAST;
    for (; slots[slot] != 0; slot = (slot + 1) & LAST) {
      if (isEqual(texts[slots[slot] - 1], text, from, length)) {
        found++;
        return slots[slot] - 1;
      }
    }
    if (size == MOST) {
      return -1;
    }
    texts[size] = new String(text, from, length);
    numbers[size] = NumberCell.parse(text, from, length);
    size++;
    slots[slot] = (char) size;
    return size - 1;
  }

  private static boolean isEqual(String known, char[] text, int from, int length) {
    if (known.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (known.charAt(i) != text[from + i]) {
        return false;
      }
    }
    return true;
  }

  String text(int cell) {
    return texts[cell];
  }

  /** The number that a cell is; not finite where it is none. */
  double number(int cell) {
    return numbers[cell];
  }

  /** Whether it is worth asking: not in a table of many different numbers. */
  boolean isUseful() {
    return size < MOST || 2 * found > asked;
  }
}
