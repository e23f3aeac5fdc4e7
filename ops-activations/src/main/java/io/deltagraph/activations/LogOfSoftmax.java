package io.deltagraph.activations;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.Value;
import io.deltagraph.rewrite.RewriteRule;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ln(softmax(x)) → log_softmax(x)}, which keeps the logarithm of a probability that rounds
 * to 0; at a temperature T of {@code x / T}.
 */
public final class LogOfSoftmax implements RewriteRule {
  /** What nets, specs and model files call this op. */
  public static final OpId ID = OpId.of("log");

  @Override
  public String name() {
    return "log(softmax(x)) → log_softmax(x)";
  }

  @Override
  public OpId root() {
    return ID;
  }

  @Override
  public Optional<Value> rewrite(Apply node) {
    if (node.input(0) instanceof Apply inner && inner.attributes() instanceof Softmax.Along along) {
      Value logits = inner.input(0);
      Value scaled = along.temperature() == 1 ? logits : logits.over(along.temperature());
      return Optional.of(scaled.op("log_softmax", Map.of("axis", along.axis())));
    }
    return Optional.empty();
  }
}
