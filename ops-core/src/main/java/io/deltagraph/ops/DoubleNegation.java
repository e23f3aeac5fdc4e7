package io.deltagraph.ops;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.rewrite.RewriteRule;
import java.util.Optional;

/** {@code −(−x) → x}. */
public final class DoubleNegation implements RewriteRule {

  @Override
  public String name() {
    return "−(−x) → x";
  }

  @Override
  public OpId root() {
    return OpId.of("negate");
  }

  @Override
  public Optional<Value> rewrite(Apply node) {
    return Rules.undone(node);
  }
}
