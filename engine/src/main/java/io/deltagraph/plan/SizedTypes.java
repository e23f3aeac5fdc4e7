package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The types of values for one size of every named dimension, and what ops compute against what they
 * declare.
 */
final class SizedTypes {
  private final Map<String, Integer> sizes;
  private final Map<Value, TensorType> known = new HashMap<>();

  SizedTypes(Map<String, Integer> sizes) {
    this.sizes = sizes;
  }

  /** The types of a node's inputs. */
  InputTypes inputs(Apply node) {
    return new InputTypes(
        node.inputs().stream().map(this::of).collect(ImmutableList.toImmutableList()));
  }

  /** The type of a value, of known sizes. */
  TensorType of(Value value) {
    TensorType type = known.get(value);
    if (type == null) {
      type = bind(value);
      known.put(value, type);
    }
    return type;
  }

  private TensorType bind(Value value) {
    TensorType type = value.type().bind(sizes);
    if (!type.shape().isFixed()) {
      throw new GraphException.BadInput(
          "%s has a dimension to which no input gives a size (known: %s); declare an input that has it."
              .formatted(value, sizes.isEmpty() ? "none" : sizes));
    }
    try {
      type.shape().elements();
    } catch (ArithmeticException e) {
      GraphException.BadInput bad =
          new GraphException.BadInput("%s needs %s: %s".formatted(value, type, e.getMessage()));
      bad.initCause(e);
      throw bad;
    }
    return type;
  }

  /**
   * Checks that a node computes what it declares.
   *
   * @throws GraphException.BadOp if its type is another one
   */
  void require(Apply node, TensorType computed) {
    TensorType declared = of(node);
    if (!declared.equals(computed)) {
      throw new GraphException.BadOp(
          node, "infer gives %s, but what it computes is %s".formatted(declared, computed));
    }
  }

  /** The lane expression of a pointwise node, over its inputs. */
  Lane lane(Apply node) {
    return guarded(
        node,
        () -> {
          Op<Record> kind = node.op();
          if (!(kind instanceof Pointwise<Record> op)) {
            throw new IllegalStateException(node + " is not pointwise.");
          }
          TensorType type = of(node);
          require(node, type.with(inputs(node).broadcast()));
          Lane lane = op.forward(node.attributes(), Lanes.of(inputs(node)));
          require(node, type.with(lane.dtype()));
          return lane;
        });
  }

  /** Does some work for a node; whatever goes wrong is told with the node and the sizes. */
  <T> T guarded(Apply node, Supplier<T> work) {
    try {
      return work.get();
    } catch (InputTypes.Refusal refusal) {
      throw new GraphException.BadInput(
          "With the sizes %s, %s cannot take %s: %s.\n  built   %s"
              .formatted(
                  sizes, node.op().id(), inputs(node).all(), refusal.getMessage(), node.site()));
    } catch (GraphException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new GraphException.BadOp(node, "planning it for " + of(node), e);
    }
  }
}
