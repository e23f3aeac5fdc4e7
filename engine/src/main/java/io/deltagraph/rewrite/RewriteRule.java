package io.deltagraph.rewrite;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import java.util.Optional;

/**
 * One way of writing a value more simply or more stably. The module that owns the op at the root
 * provides it as a service; an implementation is stateless and has a public constructor without
 * parameters.
 */
public interface RewriteRule {

  /** What the printed plan calls it: {@code log(softmax(x)) → log_softmax(x)}. */
  String name();

  /** The op of the nodes that it looks at. */
  OpId root();

  /** An equal value of the same type, or empty if the rule does not fit this node. */
  Optional<Value> rewrite(Apply node);
}
