package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Values of a graph in exact numbers with their slopes by all entries of the float inputs: a road
 * to numbers and gradients that knows neither a backward rule nor a rounding. Loops over doubles
 * have no exact form: they are run as they are where no slope depends on them.
 */
final class ExactGraph {
  private final Map<String, Integer> sizes;
  private final Map<Value, List<Varied>> known = new HashMap<>();

  /** A graph with numbers for its inputs. */
  ExactGraph(Map<String, Integer> sizes, Map<? extends Value, List<Varied>> inputs) {
    this.sizes = sizes;
    known.putAll(inputs);
  }

  /** The elements of a value, row-major; nothing where loops over doubles lie on the way. */
  Optional<List<Varied>> of(Value value) {
    List<Varied> result = known.get(value);
    if (result != null) {
      return Optional.of(result);
    }
    Optional<List<Varied>> made =
        switch (value) {
          case Constant constant -> Optional.of(elements(constant.tensor()));
          case Apply apply -> apply(apply);
          case Input input -> Optional.empty();
          case GraphParameter parameter -> Optional.empty();
        };
    made.ifPresent(elements -> known.put(value, elements));
    return made;
  }

  static List<Varied> elements(Tensor tensor) {
    return IntStream.range(0, tensor.length()).mapToObj(i -> Varied.of(tensor.get(i))).toList();
  }

  private Optional<List<Varied>> apply(Apply node) {
    if (node.op() instanceof Composite<Record>) {
      return node.body().flatMap(this::of);
    }
    List<List<Varied>> inputs = new ArrayList<>();
    for (Value input : node.inputs()) {
      Optional<List<Varied>> elements = of(input);
      if (elements.isEmpty()) {
        return elements;
      }
      inputs.add(elements.get());
    }
    return switch (node.op()) {
      case Pointwise<Record> op -> Optional.of(pointwise(op, node, inputs));
      case Reduction<Record> op -> Optional.of(reduction(op, node, inputs.getFirst()));
      case Contraction<Record> op -> Optional.of(contraction(op, node, inputs));
      case View<Record> op -> Optional.of(view(op, node, inputs.getFirst()));
      case Kernel<Record> op -> kernel(op, node, inputs);
      case Composite<Record> op -> Optional.empty();
    };
  }

  private TensorType type(Value value) {
    return value.type().bind(sizes);
  }

  private List<Varied> pointwise(Pointwise<Record> op, Apply node, List<List<Varied>> inputs) {
    Lane lane = op.forward(node.attributes(), Lanes.of(node.inputTypes()));
    int[] shape = type(node).shape().sizes();
    List<int[]> strides = node.inputs().stream().map(input -> strides(type(input), shape)).toList();
    List<Varied> result = new ArrayList<>();
    for (int[] position : Positions.of(shape)) {
      List<Varied> elements = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        elements.add(inputs.get(i).get(Positions.offset(position, strides.get(i))));
      }
      result.add(new ExactLane(elements).of(lane));
    }
    return result;
  }

  /** How far apart neighbours along each axis of a shape lie in an input that is repeated to it. */
  private static int[] strides(TensorType input, int... shape) {
    int[] own = IndexMap.rowMajor(input.shape().sizes());
    int[] strides = new int[shape.length];
    int lead = shape.length - own.length;
    for (int axis = 0; axis < own.length; axis++) {
      strides[lead + axis] = input.shape().dim(axis).isOne() ? 0 : own[axis];
    }
    return strides;
  }

  private List<Varied> reduction(Reduction<Record> op, Apply node, List<Varied> elements) {
    TensorType input = type(node.input(0));
    List<Integer> folded = op.axes(node.attributes()).of(new InputTypes(List.of(input)));
    int[] sizes = input.shape().sizes();
    int[] strides = IndexMap.rowMajor(sizes);
    int[] outer = sizes.clone();
    int[] inner = sizes.clone();
    for (int axis = 0; axis < sizes.length; axis++) {
      (folded.contains(axis) ? outer : inner)[axis] = 1;
    }
    ExactFold fold = new ExactFold(op, node.attributes(), input.dtype(), node.index());
    List<Varied> result = new ArrayList<>();
    for (int[] position : Positions.of(outer)) {
      List<Varied> run = new ArrayList<>();
      for (int[] within : Positions.of(inner)) {
        run.add(
            elements.get(Positions.offset(position, strides) + Positions.offset(within, strides)));
      }
      result.add(fold.of(run));
    }
    return result;
  }

  private List<Varied> contraction(Contraction<Record> op, Apply node, List<List<Varied>> inputs) {
    List<TensorType> types = node.inputs().stream().map(this::type).toList();
    Subscripts of = op.subscripts(node.attributes(), new InputTypes(types));
    StringBuilder letters = new StringBuilder(of.output());
    (of.left() + of.right())
        .chars()
        .filter(c -> letters.indexOf("" + (char) c) < 0)
        .forEach(c -> {
          if (letters.indexOf("" + (char) c) < 0) {
            letters.append((char) c);
          }
        });
    int[] sizes = new int[letters.length()];
    int[] left = strides(of.left(), types.get(0), letters.toString(), sizes);
    int[] right = strides(of.right(), types.get(1), letters.toString(), sizes);
    int[] kept = IndexMap.rowMajor(type(node).shape().sizes());
    List<Varied> result =
        new ArrayList<>(Collections.nCopies(type(node).shape().elements(), Varied.of(0)));
    for (int[] position : Positions.of(sizes)) {
      Varied a = inputs.get(0).get(Positions.offset(position, left));
      Varied b = inputs.get(1).get(Positions.offset(position, right));
      int to = 0;
      for (int i = 0; i < kept.length; i++) {
        to += position[i] * kept[i];
      }
      result.set(to, result.get(to).with(ExactLane.product(a, b), Exact::plus));
    }
    return result;
  }

  /** The strides of an input along each letter, whose sizes are noted. */
  private static int[] strides(String own, TensorType type, String letters, int[] sizes) {
    int[] dense = IndexMap.rowMajor(type.shape().sizes());
    int[] strides = new int[letters.length()];
    for (int axis = 0; axis < dense.length; axis++) {
      int letter = letters.indexOf(own.charAt(axis));
      int size = type.shape().dim(axis).size();
      strides[letter] = size == 1 ? 0 : dense[axis];
      sizes[letter] = Math.max(size, sizes[letter]);
    }
    return strides;
  }

  private List<Varied> view(View<Record> op, Apply node, List<Varied> elements) {
    IndexMap map = op.map(node.attributes(), type(node.input(0)), type(node));
    int[] strides = map.strides().stream().mapToInt(stride -> stride).toArray();
    List<Varied> result = new ArrayList<>();
    for (int[] position : Positions.of(type(node).shape().sizes())) {
      result.add(elements.get(map.offset() + Positions.offset(position, strides)));
    }
    return result;
  }

  private Optional<List<Varied>> kernel(Kernel<Record> op, Apply node, List<List<Varied>> inputs) {
    ImmutableList.Builder<TensorReader> readers = ImmutableList.builder();
    for (int i = 0; i < inputs.size(); i++) {
      List<Varied> elements = inputs.get(i);
      if (!elements.stream().allMatch(Varied::isConstant)) {
        return Optional.empty();
      }
      readers.add(Tensor.generate(type(node.input(i)), k -> elements.get(k).value().toDouble()));
    }
    List<Probe> outputs =
        node.tuple().parts().stream().map(part -> Probe.output(type(part), 0)).toList();
    op.forwardAll(node.attributes(), readers.build(), List.copyOf(outputs));
    Probe output = outputs.get(node.index());
    return Optional.of(
        IntStream.range(0, type(node).shape().elements())
            .mapToObj(i -> Varied.of(output.get(i)))
            .toList());
  }
}
