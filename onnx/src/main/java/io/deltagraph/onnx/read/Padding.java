package io.deltagraph.onnx.read;

import java.util.function.IntUnaryOperator;

/**
 * What comes before and after an axis; less than 0 is cut off.
 *
 * @param size of the axis
 */
record Padding(int size, int before, int after) {

  static Padding of(Node node, int size, long before, long after) {
    int first = Math.clamp(before, -ReadLimits.ELEMENTS, ReadLimits.ELEMENTS);
    int second = Math.clamp(after, -ReadLimits.ELEMENTS, ReadLimits.ELEMENTS);
    Padding padding = new Padding(size, first, second);
    Shapes.count(node, (long) size + first + second);
    if (padding.first() > padding.last()) {
      throw node.refuse(
          "more cut off than the axis of " + size + " has", "at most that", FilePlace.AGAIN);
    }
    return padding;
  }

  /** How many elements there are in the end. */
  int count() {
    return size + before + after;
  }

  boolean isCut() {
    return before < 0 || after < 0;
  }

  /** The first element that is kept. */
  int first() {
    return Math.max(0, -before);
  }

  /** The first element after these that is not. */
  int last() {
    return size - Math.max(0, -after);
  }

  /** Which element stands at a position of the result. */
  IntUnaryOperator source(Node node, String mode) {
    int kept = last() - first();
    int added = Math.max(Math.max(before, after), 0);
    int enough = mode.equals("reflect") ? kept - 1 : kept > 0 ? added : 0;
    if (added > enough) {
      throw node.refuse(
          "a padding by " + mode + " of " + added + " from " + kept + " elements",
          "at most " + Math.max(0, enough),
          FilePlace.AGAIN);
    }
    int start = Math.max(0, before);
    return switch (mode) {
      case "reflect" -> k -> first() + mirrored(k - start, kept);
      case "edge" -> k -> first() + Math.clamp((long) k - start, 0, kept - 1);
      default -> k -> first() + Math.floorMod(k - start, kept);
    };
  }

  private static int mirrored(int position, int kept) {
    int up = Math.abs(position);
    return up < kept ? up : 2 * (kept - 1) - up;
  }
}
