package io.deltagraph.ops;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.rewrite.RewriteRule;
import java.util.Optional;

/** {@code (Xᵀ)ᵀ → X}. */
public final class DoubleTranspose implements RewriteRule {

  @Override
  public String name() {
    return "(Xᵀ)ᵀ → X";
  }

  @Override
  public OpId root() {
    return OpId.of("transpose");
  }

  @Override
  public Optional<Value> rewrite(Apply node) {
    return Rules.undone(node);
  }
}
