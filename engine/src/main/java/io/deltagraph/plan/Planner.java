package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Parameter;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Types;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the plan of a graph for given sizes of its named dimensions. */
public final class Planner {
  private final Graph graph;
  private final Map<String, Integer> sizes;
  private final Map<Value, Operand> places = new HashMap<>();
  private final Map<Operand, Operand> copies = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, TensorType> inputs = new LinkedHashMap<>();
  private final Map<String, TensorType> parameters = new LinkedHashMap<>();

  private Planner(Graph graph, Map<String, Integer> sizes) {
    this.graph = graph;
    this.sizes = sizes;
  }

  /**
   * The plan of {@code graph}.
   *
   * @throws GraphException.BadInput if a dimension has no size, or the sizes do not fit an op
   * @throws GraphException.BadOp if an op breaks its contract
   */
  public static Plan plan(Graph graph, Map<String, Integer> sizes) {
    return new Planner(graph, sizes).plan();
  }

  private Plan plan() {
    Set<Value> roots = new LinkedHashSet<>(graph.outputs().values());
    roots.addAll(graph.updates().keySet());
    roots.addAll(graph.updates().values());
    roots.addAll(graph.inputs());
    for (Value value : Expansion.reachable(roots)) {
      places.put(value, place(value));
    }
    Map<String, Operand> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, placeOf(value)));
    List<Step> commits = commits();
    List<Operand> kept = new ArrayList<>(outputs.values());
    commits.forEach(commit -> kept.addAll(commit.inputs()));
    SlotAllocation allocation = new SlotAllocation(slots, steps, kept);
    ImmutableMap.Builder<String, Operand> placed = ImmutableMap.builder();
    outputs.forEach((name, at) -> placed.put(name, allocation.placed(at)));
    return new Plan(
        ImmutableMap.copyOf(sizes),
        ImmutableMap.copyOf(inputs),
        ImmutableMap.copyOf(parameters),
        allocation.slots(),
        steps.stream().map(allocation::placed).collect(ImmutableList.toImmutableList()),
        placed.buildOrThrow(),
        commits.stream().map(allocation::placed).collect(ImmutableList.toImmutableList()));
  }

  /** New values that lie in a parameter which is itself set are copied first: swaps work. */
  private List<Step> commits() {
    Set<Integer> written = new LinkedHashSet<>();
    graph.updates().keySet().forEach(parameter -> written.add(placeOf(parameter).slot()));
    List<Step> commits = new ArrayList<>();
    graph
        .updates()
        .forEach((parameter, value) -> {
          Operand target = placeOf(parameter);
          Operand source = placeOf(value);
          if (!source.equals(target)) {
            Operand safe = written.contains(source.slot()) ? copied(value, source) : source;
            commits.add(new Step.Copy(value, safe, target));
          }
        });
    return commits;
  }

  private Operand placeOf(Value value) {
    Operand place = places.get(Expansion.of(value));
    if (place == null) {
      throw new IllegalStateException(value + " was not planned.");
    }
    return place;
  }

  private Operand place(Value value) {
    TensorType type = bound(value);
    return switch (value) {
      case Input input -> {
        inputs.put(input.label(), type);
        yield Operand.dense(slot(type, new Slot.OfInput(input.label())), type);
      }
      case Parameter parameter -> {
        parameters.put(parameter.label(), type);
        yield Operand.dense(slot(type, new Slot.OfParameter(parameter.label())), type);
      }
      case Constant constant ->
          Operand.dense(slot(type, new Slot.OfConstant(constant.tensor())), type);
      case Apply apply -> guarded(apply, type);
    };
  }

  private Operand guarded(Apply apply, TensorType type) {
    try {
      return apply(apply, type);
    } catch (Types.Refusal refusal) {
      throw new GraphException.BadInput(
          "With the sizes %s, %s cannot take %s: %s.\n  built   %s"
              .formatted(
                  sizes, apply.op().id(), types(apply).all(), refusal.getMessage(), apply.site()));
    } catch (GraphException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new GraphException.BadOp(apply, "planning it for " + type, e);
    }
  }

  private Operand apply(Apply node, TensorType type) {
    Record attributes = node.attributes();
    Op<Record> op = node.op();
    return switch (op) {
      case Pointwise<Record> pointwise -> loop(node, pointwise, type);
      case Reduction<Record> reduction -> fold(node, reduction, type);
      case Contraction<Record> contraction -> {
        Subscripts subscripts = contraction.subscripts(attributes, types(node));
        require(node, type, subscripts.infer(types(node)));
        Operand left = placeOf(node.input(0));
        Operand right = placeOf(node.input(1));
        LaneProgram plain = LaneProgram.of(1, List.of(Lane.input(0, type.dtype())));
        yield done(
            new Step.Product(
                node, subscripts, left, right, plain, ImmutableList.of(), scratch(type)),
            0);
      }
      case View<Record> view -> view(node, view, type);
      case Kernel<Record> kernel -> {
        ImmutableList.Builder<Operand> operands = ImmutableList.builder();
        node.inputs().forEach(input -> operands.add(dense(input)));
        yield done(new Step.Call(node, kernel, operands.build(), scratch(type)), 0);
      }
      case Composite<Record> composite -> throw new IllegalStateException(node + " has no body.");
    };
  }

  private Operand loop(Apply node, Pointwise<Record> op, TensorType type) {
    require(node, type, type.with(types(node).broadcast()));
    Lane lane = op.forward(node.attributes(), Lanes.of(types(node)));
    require(node, type, type.with(lane.dtype()));
    LaneProgram program = LaneProgram.of(node.inputs().size(), List.of(lane));
    ImmutableList<Operand> operands =
        node.inputs().stream()
            .map(input -> placeOf(input).broadcastTo(type.shape()))
            .collect(ImmutableList.toImmutableList());
    return done(new Step.Loop(node, program, operands, ImmutableList.of(scratch(type))), 0);
  }

  private Operand fold(Apply node, Reduction<Record> op, TensorType type) {
    Types types = types(node);
    require(node, type, op.infer(node.attributes(), types));
    FoldPrograms programs = FoldPrograms.of(op, node.attributes(), types.get(0).dtype());
    ImmutableIntArray axes = ImmutableIntArray.copyOf(op.axes(node.attributes()).of(types));
    DType dtype = types.get(0).dtype();
    LaneProgram element = LaneProgram.of(1, List.of(Lane.input(0, dtype)));
    ImmutableList<Operand> input = ImmutableList.of(placeOf(node.input(0)));
    return done(new Step.Fold(node, programs, element, axes, input, scratch(type)), 0);
  }

  private Operand view(Apply node, View<Record> op, TensorType type) {
    Operand input = placeOf(node.input(0));
    IndexMap map = op.map(node.attributes(), input.type(), type);
    require(node, type, input.type().with(type.shape()));
    checkReach(node, map, input, type);
    return input
        .through(map, type)
        .orElseGet(() -> copied(node.input(0), input).through(map, type).orElseThrow());
  }

  /** Refuses a map that shows anything outside the input. */
  private static void checkReach(Apply node, IndexMap map, Operand input, TensorType type) {
    int[] shown = type.shape().sizes();
    if (map.strides().length() != shown.length) {
      throw broken(node, "its index map has " + map.strides().length() + " strides for " + type);
    }
    if (type.shape().elements() == 0) {
      return;
    }
    long low = map.offset();
    long high = map.offset();
    for (int i = 0; i < shown.length; i++) {
      long reach = (long) map.strides().get(i) * (shown[i] - 1);
      low += Math.min(reach, 0);
      high += Math.max(reach, 0);
    }
    if (low < 0 || high >= input.elements()) {
      throw broken(
          node,
          "its index map shows the elements %d to %d of an input with %d"
              .formatted(low, high, input.elements()));
    }
  }

  private Operand dense(Value value) {
    Operand place = placeOf(value);
    return place.isDense() ? place : copied(value, place);
  }

  private Operand copied(Value value, Operand source) {
    Operand known = copies.get(source);
    if (known == null) {
      known = done(new Step.Copy(value, source, scratch(source.type())), 0);
      copies.put(source, known);
    }
    return known;
  }

  private Operand done(Step step, int output) {
    steps.add(step);
    return step.outputs().get(output);
  }

  private Operand scratch(TensorType type) {
    return Operand.dense(slot(type, new Slot.Scratch()), type);
  }

  private int slot(TensorType type, Slot.Role role) {
    slots.add(new Slot(type.dtype(), type.shape().elements(), role));
    return slots.size() - 1;
  }

  private Types types(Apply node) {
    return new Types(
        node.inputs().stream()
            .map(input -> input.type().bind(sizes))
            .collect(ImmutableList.toImmutableList()));
  }

  private TensorType bound(Value value) {
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

  private static void require(Apply node, TensorType declared, TensorType computed) {
    if (!declared.equals(computed)) {
      throw broken(
          node, "infer gives %s, but what it computes is %s".formatted(declared, computed));
    }
  }

  private static GraphException.BadOp broken(Apply node, String what) {
    return new GraphException.BadOp(node, what);
  }
}
