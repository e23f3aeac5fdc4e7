package io.deltagraph.onnx.read;

import io.deltagraph.type.Dim;

/**
 * Positions along an axis, from a start in steps to before a stop; all lie in the axis.
 *
 * @param size of the axis; −1 where it is named and taken whole
 */
record Cut(int size, int start, int stop, int step) {

  /** What bounds of ONNX mean, which count from the end below 0 and may lie outside. */
  static Cut of(Node node, Dim dim, WholeNumbers.Entry start, WholeNumbers.Entry stop, long step) {
    if (step == 0) {
      throw node.refuse("a step of 0", "another", FilePlace.AGAIN);
    }
    if (!dim.isFixed()) {
      return whole(node, dim, start, stop, step);
    }
    int size = dim.size();
    int pace = Math.clamp(step, -ReadLimits.ELEMENTS, ReadLimits.ELEMENTS);
    long lowest = step > 0 ? 0 : -1;
    long highest = step > 0 ? size : size - 1L;
    int from = (int) Math.clamp(counted(node, start, size), lowest, highest);
    int to = (int) Math.clamp(counted(node, stop, size), lowest, highest);
    if (step > 0) {
      return new Cut(size, from, Math.max(from, to), pace);
    }
    return new Cut(size, from, Math.min(from, to), pace);
  }

  private static long counted(Node node, WholeNumbers.Entry entry, int size) {
    long position =
        entry
            .known()
            .orElseThrow(() ->
                node.refuse(
                    "the size of a named dimension as a position in an axis of " + size,
                    "a number",
                    "give the dimension a number before the export"));
    return position < 0 ? Math.max(position, -1L - size) + size : position;
  }

  /** A named dimension is taken whole, or not at all. */
  private static Cut whole(
      Node node, Dim dim, WholeNumbers.Entry start, WholeNumbers.Entry stop, long step) {
    boolean toEnd =
        switch (stop) {
          case WholeNumbers.Known known -> known.number() >= Integer.MAX_VALUE;
          case WholeNumbers.Size size -> size.dim().equals(dim);
        };
    if (step != 1 || !start.equals(new WholeNumbers.Known(0)) || !toEnd) {
      throw node.refuse(
          "a part of the named dimension " + dim,
          "all of it",
          "give the dimension a number before the export");
    }
    return new Cut(-1, 0, -1, 1);
  }

  boolean isWhole() {
    return start == 0 && stop == size && step == 1;
  }

  /** How many positions there are. */
  int count() {
    long distance = Math.abs((long) stop - start);
    long pace = Math.abs((long) step);
    return (int) ((distance + pace - 1) / pace);
  }
}
