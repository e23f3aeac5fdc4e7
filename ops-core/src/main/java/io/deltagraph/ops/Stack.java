package io.deltagraph.ops;

import io.deltagraph.graph.Composite;
import io.deltagraph.graph.OpAttribute;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.Arrays;
import java.util.List;

/** {@code y[k, i…] = xₖ[i…]}: values of one shape along a new axis. */
public final class Stack implements Composite<Stack.Along> {

  /** Where the new axis stands in the output. */
  public record Along(int axis) {}

  /** The op applied to at least one value. */
  public static Value of(int axis, Value first, Value... others) {
    return first.op("stack", new Along(axis), others);
  }

  @Override
  public OpId id() {
    return OpId.of("stack");
  }

  @Override
  public OpSignature signature() {
    return OpSignature.all(OpSignature.Accepts.SAME, "x").repeating();
  }

  @Override
  public Schema<Along> schema() {
    return Schema.of(Along::new, OpAttribute.integer("axis", Along::axis).orElse(0));
  }

  @Override
  public Value forward(Along along, Values x) {
    List<Integer> axes = List.of(along.axis());
    Value[] layers = x.all().stream().map(value -> Unsqueeze.of(value, axes)).toArray(Value[]::new);
    return layers[0].op(
        "concat", new Concat.Along(along.axis()), Arrays.copyOfRange(layers, 1, layers.length));
  }
}
