package io.deltagraph.testkit;

import java.util.ArrayList;
import java.util.List;

/** The places of an array, each as its index along every axis. */
final class Positions {
  private Positions() {}

  /** All places, in row-major order. */
  static List<int[]> of(int... sizes) {
    int count = 1;
    for (int size : sizes) {
      count *= size;
    }
    List<int[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int[] position = new int[sizes.length];
      int rest = i;
      for (int axis = sizes.length - 1; axis >= 0; axis--) {
        position[axis] = rest % sizes[axis];
        rest /= sizes[axis];
      }
      all.add(position);
    }
    return all;
  }

  /** Where a place lies, given how far apart neighbours are. */
  static int offset(int[] position, int... strides) {
    int offset = 0;
    for (int axis = 0; axis < position.length; axis++) {
      offset += position[axis] * strides[axis];
    }
    return offset;
  }
}
