package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.TensorType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values that are the same in every run: constants, and what kernels make of constants or of
 * shapes alone. They are computed once, while planning.
 */
final class ConstantFolding {
  private final Map<Value, Tensor> known = new HashMap<>();
  private final List<Value> needed;

  /**
   * Computes them.
   *
   * @param values in topological order, without composites
   * @param roots what has to be there in the end
   */
  ConstantFolding(List<Value> values, Set<Value> roots, SizedTypes types) {
    for (Value value : values) {
      if (value instanceof Constant constant) {
        known.put(value, constant.tensor());
      } else if (value instanceof Apply node && !known.containsKey(node)) {
        Op<Record> op = node.op();
        if (op instanceof Kernel<Record> kernel
            && (kernel.readsShapesOnly(node.attributes())
                || known.keySet().containsAll(Expansion.inputs(node)))) {
          known.putAll(results(node, kernel, types));
        }
      }
    }
    Set<Value> reached = new HashSet<>(roots);
    for (Value value : values.reversed()) {
      if (reached.contains(value) && value instanceof Apply node && !known.containsKey(node)) {
        reached.addAll(Expansion.inputs(node));
      }
    }
    needed = values.stream().filter(reached::contains).collect(ImmutableList.toImmutableList());
  }

  /** The values that are needed, those among them that are known included. */
  List<Value> needed() {
    return needed;
  }

  /** A value that is the same in every run. */
  Optional<Tensor> of(Value value) {
    return Optional.ofNullable(known.get(value));
  }

  private Map<Value, Tensor> results(Apply node, Kernel<Record> kernel, SizedTypes types) {
    List<TensorReader> inputs =
        Expansion.inputs(node).stream()
            .map(input -> of(input).<TensorReader>map(t -> t).orElse(new Unread(types.of(input))))
            .collect(ImmutableList.toImmutableList());
    List<Apply> parts = node.tuple().parts();
    try {
      List<Tensor> results =
          Tensor.written(
              parts.stream().map(types::of).toList(),
              outputs -> kernel.forwardAll(node.attributes(), inputs, outputs));
      return parts.stream().collect(Collectors.toMap(part -> part, p -> results.get(p.index())));
    } catch (GraphException.BadInput e) {
      throw new GraphException.BadInput(node, e);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new GraphException.BadOp(node, "forward", e);
    }
  }

  /** An input whose elements a kernel said it would not look at. */
  private record Unread(TensorType type) implements TensorReader {
    @Override
    public double get(int index) {
      throw new IllegalStateException("reads an element, and said that it reads shapes only");
    }
  }
}
