package io.deltagraph.cli;

import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpLookup;

/** How an op is written. */
final class OpFormula {
  private OpFormula() {}

  static String of(Op<?> op, OpLookup ops) {
    return op.notation().text();
  }
}
