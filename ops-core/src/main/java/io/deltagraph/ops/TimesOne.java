package io.deltagraph.ops;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.rewrite.RewriteRule;
import java.util.Optional;

/** {@code x ⊙ 1 → x}, where the 1 is a constant that does not make x larger. */
public final class TimesOne implements RewriteRule {

  @Override
  public String name() {
    return "x ⊙ 1 → x";
  }

  @Override
  public OpId root() {
    return OpId.of("hadamard");
  }

  @Override
  public Optional<Value> rewrite(Apply node) {
    return isOne(node.input(1))
        ? kept(node, node.input(0))
        : isOne(node.input(0)) ? kept(node, node.input(1)) : Optional.empty();
  }

  private static boolean isOne(Value value) {
    return value instanceof Constant constant
        && constant.tensor().length() == 1
        && constant.tensor().item() == 1;
  }

  private static Optional<Value> kept(Apply node, Value other) {
    return other.type().equals(node.type()) ? Optional.of(other) : Optional.empty();
  }
}
