package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.TensorType;
import java.util.List;

/**
 * What a backward rule sees of the node that it differentiates.
 *
 * @param <A> the record of the op's attributes
 */
public interface Adjoint<A extends Record> {

  /** The attributes of the node. */
  A attributes();

  /**
   * The gradient of the loss with respect to the node's output, of the output's type. Refused where
   * there are several.
   */
  Value gradient();

  /**
   * The gradient of the loss with respect to one of the node's outputs, of its type: zeros where
   * none flows. Refused for outputs that have none, such as indices.
   */
  Value gradient(int output);

  /**
   * Whether the loss depends on one of the node's outputs. One of them at least it does depend on;
   * a rule may leave the terms of the others out.
   */
  boolean reached(int output);

  /** The node's output. Refused where there are several. */
  Value output();

  /** One of the node's outputs. */
  Value output(int index);

  /** The input at a position. */
  Value input(int index);

  /** The inputs. */
  List<Value> inputs();

  /** One gradient per input, in order. */
  default List<Cotangent> flow(Value... gradients) {
    return ImmutableList.copyOf(List.of(gradients).stream().map(Cotangent::flow).toList());
  }

  /** For every input: zero almost everywhere, and why. */
  default List<Cotangent> flat(String why) {
    return ImmutableList.copyOf(inputs().stream().map(input -> Cotangent.flat(why)).toList());
  }

  /**
   * What the engine derives from the op's kind: of a lane expression, a contraction, a view or a
   * composite. Refused for reductions and kernels, which have to state theirs.
   */
  List<Cotangent> derived();

  /** What {@link Op#kinks} follows from: of a lane expression, or of a composite's expansion. */
  List<Value> derivedKinks();

  /**
   * An opaque node computed by loops. It costs the second derivative and forward mode, which are
   * refused by this name, and it is neither fused nor saved.
   *
   * @param name what it is called, such as {@code cumsum.backward}
   * @param type the type of its output
   * @param loops what it computes
   * @param inputs what it reads
   */
  Value raw(String name, TensorType type, Kernel.Loops loops, Value... inputs);
}
