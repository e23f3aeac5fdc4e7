package io.deltagraph.models;

import com.google.common.collect.ImmutableMap;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.OpLookup;
import io.deltagraph.graph.Value;
import io.deltagraph.losses.LossReduction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A loss with a number for each sample: {@code Σ w_i c_i} of the samples' own losses c, divided as
 * the loss's reduction divides, by the number of samples and not by the sum of the weights.
 */
final class SampleWeights {
  private SampleWeights() {}

  /** The reduction that a loss is given, or else its own; none where it has no choice. */
  private static Optional<LossReduction> reduction(OpChoice loss, OpLookup ops) {
    Object given = loss.attributes().get(LossReduction.ATTRIBUTE);
    return ops.op(loss.id()).schema().attributes().stream()
        .filter(attribute -> attribute.name().equals(LossReduction.ATTRIBUTE))
        .findFirst()
        .map(attribute -> given == null ? attribute.fallback() : given)
        .map(stated -> LossReduction.parse(stated.toString()));
  }

  /** The loss of outputs, or logits, against targets, with a weight for each sample. */
  static Value weighted(OpChoice loss, Value given, Value targets, Value weights) {
    OpLookup ops = given.builder().ops();
    LossReduction reduction =
        reduction(loss, ops)
            .orElseThrow(() ->
                new GraphException.BadGraph(
                    "The loss '"
                        + loss.op()
                        + "' is one number of all samples together, so that none can be weighted:"
                        + " choose another loss.\n  op      "
                        + loss.op()
                        + "  "
                        + ops.provider(ops.op(loss.id()))));
    if (reduction == LossReduction.PER_SAMPLE) {
      return given.op(loss.op(), loss.attributes(), targets); // which is refused as no one number
    }
    Map<String, Object> attributes = new LinkedHashMap<>(loss.attributes());
    attributes.put(LossReduction.ATTRIBUTE, LossReduction.PER_SAMPLE.text());
    Value each = given.op(loss.op(), ImmutableMap.copyOf(attributes), targets);
    return reduction.scaled(each.times(weights).sum(), given);
  }
}
