package io.deltagraph.ops.textbook;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Schema;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.List;
import java.util.Optional;

/**
 * {@code f'(x)}: the derivative of a function by entries with respect to its first input, at each
 * entry; further inputs are single numbers, such as the slope of prelu.
 *
 * @param op the function
 */
public record Slope<A extends Record>(Op<A> op) implements Composite<A> {
  /** What the name of an op's derivative ends with. */
  public static final String SUFFIX = "slope";

  /**
   * The derivative of an op at its inputs.
   *
   * @throws IllegalArgumentException unless the op is a function by entries of its first input
   */
  public static <A extends Record> Value of(Op<A> op, A attributes, List<? extends Value> inputs) {
    if (!isFunction(op, inputs)) {
      throw new IllegalArgumentException(
          op.id()
              + " has no derivative at each entry: it is no function by entries of one matrix.");
    }
    return inputs.getFirst().builder().apply(new Slope<>(op), attributes, inputs);
  }

  /** {@code G ⊙ f'(x)} for the pullback of such a function to its first input. */
  public static Optional<Value> times(Pullback.Parts pulled) {
    return pulled.input() == 0 && isFunction(pulled.op(), pulled.inputs())
        ? Optional.of(pulled.gradient().times(at(pulled)))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // a node holds the attributes of its own op
  private static Value at(Pullback.Parts pulled) {
    return of((Op<Record>) pulled.op(), pulled.attributes(), pulled.inputs());
  }

  /** Whether the op computes each entry from the same entry of its first input. */
  public static boolean isFunction(Op<?> op, List<? extends Value> inputs) {
    return op instanceof Pointwise<?>
        && inputs.getFirst().dtype().isFloat()
        && inputs.stream().skip(1).allMatch(input -> input.type().rank() == 0)
        && !(inputs.size() > 1 && inputs.getFirst().type().rank() == 0);
  }

  @Override
  public OpId id() {
    return op.id().suffixed(SUFFIX);
  }

  @Override
  public OpSignature signature() {
    return op.signature();
  }

  @Override
  public Schema<A> schema() {
    return op.schema();
  }

  @Override
  public Value forward(A attributes, Values x) {
    Value first = x.get(0);
    Value ones = first.constant(1).broadcastTo(first.shape());
    ImmutableList<Value> inputs = ImmutableList.copyOf(x.all());
    return first.builder().apply(op, attributes, inputs) instanceof Apply node
        ? Pullback.of(node, 0, ones)
        : first;
  }

  @Override
  public Notation notation() {
    return Notation.function(op.id().name() + "'");
  }
}
