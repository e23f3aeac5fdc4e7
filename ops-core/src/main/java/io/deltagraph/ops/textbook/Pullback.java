package io.deltagraph.ops.textbook;

import com.google.common.collect.ImmutableList;
import io.deltagraph.gradient.Gradient;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.GraphBuilder;
import io.deltagraph.graph.Notation;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Substitution;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reaches one input of an op when G is the gradient of its output: a node that stands for the
 * op's own backward rule, until a rule of the textbook says how it is written.
 *
 * @param op the op that is differentiated; its output is a float
 */
public record Pullback<A extends Record>(Op<A> op) implements Composite<Pullback.Of<A>> {
  /** What the name of an op's pullback ends with. */
  public static final String SUFFIX = "pullback";

  /** The attributes of the op, and which of its outputs and inputs are meant. */
  public record Of<A extends Record>(A attributes, int output, int input) {}

  /** A node that is a pullback, taken apart. */
  public record Parts(Op<?> op, Record attributes, int input, Value gradient, List<Value> inputs) {
    public Parts {
      inputs = ImmutableList.copyOf(inputs);
    }

    /** The input at a position. */
    public Value input(int position) {
      return inputs.get(position);
    }

    /** The output of the op, of which G is the gradient; the op has one alone. */
    public Value output() {
      return gradient.builder().apply(erased(op), attributes, inputs);
    }
  }

  /** The pullback of a node's output to one of its inputs. */
  public static Value of(Apply node, int input, Value gradient) {
    List<Value> inputs = ImmutableList.<Value>builder().add(gradient).addAll(node.inputs()).build();
    return node.builder()
        .apply(new Pullback<>(node.op()), new Of<>(node.attributes(), node.index(), input), inputs);
  }

  /** The parts of a node, if it is the pullback of an op of that name to that input. */
  public static Optional<Parts> in(Value value, OpId of, int input) {
    return in(value).filter(parts -> parts.op().id().equals(of) && parts.input() == input);
  }

  /** The parts of a node, if it is a pullback of an op of one output. */
  public static Optional<Parts> in(Value value) {
    if (!(value instanceof Apply node)) {
      return Optional.empty();
    }
    Op<?> pulled = node.op();
    return pulled instanceof Pullback<?>(Op<?> of)
            && node.attributes() instanceof Of<?>(Record attributes, int output, int input)
            && of.signature().outputs().size() == 1
        ? Optional.of(
            new Parts(
                of,
                attributes,
                input,
                node.input(0),
                node.inputs().subList(1, node.inputs().size())))
        : Optional.empty();
  }

  @SuppressWarnings("unchecked") // a node holds the attributes of its own op
  private static Op<Record> erased(Op<?> op) {
    return (Op<Record>) op;
  }

  @Override
  public OpId id() {
    return op.id().suffixed(SUFFIX);
  }

  @Override
  public OpSignature signature() {
    ImmutableList.Builder<OpSignature.Param> inputs = ImmutableList.builder();
    inputs.add(new OpSignature.Param("gradient", OpSignature.Accepts.ANY));
    op.signature()
        .inputs()
        .forEach(input ->
            inputs.add(new OpSignature.Param("of_" + input.name(), OpSignature.Accepts.ANY)));
    return new OpSignature(inputs.build(), op.signature().repeats());
  }

  /** The op's own rule. */
  @Override
  public Value forward(Of<A> of, Values x) {
    GraphBuilder builder = x.get(0).builder();
    Map<Value, Value> given = new HashMap<>();
    // Of inputs that depend on each other the rule must see each alone.
    ImmutableList.Builder<Value> alone = ImmutableList.builder();
    for (Value input : x.all().subList(1, x.size())) {
      Value standIn = builder.standIn(input.type());
      given.put(standIn, input);
      alone.add(standIn);
    }
    List<Value> inputs = alone.build();
    Value output = builder.tuple(op, of.attributes(), inputs).part(of.output());
    Value wrt = inputs.get(of.input());
    return new Substitution(given).in(Gradient.pullback(output, x.get(0), List.of(wrt)).wrt(wrt));
  }

  @Override
  public Notation notation() {
    return Notation.function(id().name());
  }
}
