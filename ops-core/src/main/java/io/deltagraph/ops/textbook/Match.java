package io.deltagraph.ops.textbook;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import java.util.Optional;

/** What rules ask of a node. */
public final class Match {
  private Match() {}

  /** Whether a value is made by the op of that name. */
  public static boolean is(Value value, String op) {
    return value instanceof Apply node && node.op().id().name().equals(op);
  }

  /** The input at a position of a node made by the op of that name. */
  public static Optional<Value> input(Value value, String op, int position) {
    return value instanceof Apply node && is(value, op)
        ? Optional.of(node.input(position))
        : Optional.empty();
  }

  /** Whether a value is made by that op. */
  public static boolean is(Value value, OpId op) {
    return is(value, op.name());
  }

  /** Whether a value is that one number. */
  public static boolean isNumber(Value value, double number) {
    return value instanceof Constant constant
        && constant.type().rank() == 0
        && constant.tensor().item() == number;
  }
}
