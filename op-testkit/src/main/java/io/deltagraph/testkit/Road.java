package io.deltagraph.testkit;

import java.util.List;

/** How an op comes to stand beside exact numbers, where it has any. */
interface Road {
  /** At places next to 0 and far out, one at a time, with cotangents of any size. */
  List<Comparison> finite();

  /** At different places together. */
  List<Comparison> mixed();

  /** At infinity, where there are limits. */
  List<Comparison> infinite();
}
