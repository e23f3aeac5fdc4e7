package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Composite;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Graph;
import io.deltagraph.graph.GraphException;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.IndexMap;
import io.deltagraph.graph.Input;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Kernel;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Subscripts;
import io.deltagraph.graph.Value;
import io.deltagraph.graph.View;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the plan of a graph for given sizes of its named dimensions: decides by {@link Fusion} what
 * is computed together, lays every value out, and lets {@link Updates} write new values of
 * parameters where they belong.
 */
public final class Planner {
  private final Graph graph;
  private final Map<String, Integer> sizes;
  private final boolean fuse;
  private final Set<String> columnMajorParameters;
  private final Map<Value, Operand> places = new HashMap<>();
  private final SizedTypes types;
  private final Map<Operand, Operand> copies = new HashMap<>();
  private final Set<Value> columnMajor = new HashSet<>();
  private final List<Slot> slots = new ArrayList<>();
  private List<Step> steps = new ArrayList<>();
  private final Map<String, TensorType> inputs = new LinkedHashMap<>();
  private final Map<String, Operand> parameters = new LinkedHashMap<>();

  private Planner(Graph graph, Map<String, Integer> sizes, boolean fuse) {
    this.graph = graph;
    this.sizes = sizes;
    this.fuse = fuse;
    this.types = new SizedTypes(sizes);
    this.columnMajorParameters = ParameterLayouts.columnMajor(graph);
  }

  /**
   * The plan of {@code graph}.
   *
   * @throws GraphException.BadInput if a dimension has no size, or the sizes do not fit an op
   * @throws GraphException.BadOp if an op breaks its contract
   */
  public static Plan plan(Graph graph, Map<String, Integer> sizes) {
    return new Planner(graph, sizes, true).plan();
  }

  /** The plan in which each step computes one node, to see what each of them gives. */
  public static Plan nodeByNode(Graph graph, Map<String, Integer> sizes) {
    return new Planner(graph, sizes, false).plan();
  }

  private Plan plan() {
    Set<Value> roots = new LinkedHashSet<>();
    graph.outputs().values().forEach(output -> roots.add(Expansion.of(output)));
    graph.updates().values().forEach(value -> roots.add(Expansion.of(value)));
    Set<Value> needed = new LinkedHashSet<>(roots);
    needed.addAll(graph.updates().keySet());
    needed.addAll(graph.inputs());
    List<Value> all = Expansion.reachable(needed);
    all.forEach(types::of);
    ConstantFolding folding = new ConstantFolding(fuse ? all : ImmutableList.of(), needed, types);
    List<Value> values = new ArrayList<>(fuse ? folding.needed() : all);
    for (Value value : values) {
      if (!(value instanceof Apply) || folding.of(value).isPresent()) {
        places.put(value, place(value, folding));
      }
    }
    values.removeIf(value -> value instanceof Apply && places.containsKey(value));
    List<Unit> units =
        new Fusion(ImmutableList.copyOf(values), roots, types, folding, fuse).units();
    columnMajor.addAll(ParameterLayouts.following(units, columnMajorParameters, types));
    Updates updates =
        new Updates(
            graph,
            fuse ? units : ImmutableList.of(),
            (result, parameter) ->
                columnMajor.contains(result) == columnMajorParameters.contains(parameter.label()));
    List<Step> commits = new ArrayList<>();
    for (Unit unit : units) {
      if (!updates.inPlace(unit)) {
        guarded(unit, null);
      }
    }
    List<Step> copied = copies(updates);
    List<Step> computed = fuse ? RowSteps.of(steps) : steps;
    steps = commits;
    for (Unit unit : units) {
      if (updates.inPlace(unit)) {
        guarded(unit, updates);
      }
    }
    commits.addAll(copied);
    Map<String, Operand> outputs = new LinkedHashMap<>();
    graph.outputs().forEach((name, value) -> outputs.put(name, placeOf(value)));
    SlotAllocation allocation =
        new SlotAllocation(slots, computed, commits, outputs.values(), fuse);
    return new Plan(
        ImmutableMap.copyOf(sizes),
        ImmutableMap.copyOf(inputs),
        ImmutableMap.copyOf(Maps.transformValues(parameters, allocation::placed)),
        allocation.slots(),
        allocation.placed(computed),
        ImmutableMap.copyOf(Maps.transformValues(outputs, allocation::placed)),
        allocation.placed(commits));
  }

  /**
   * What sets the parameters that no unit writes in place. New values that lie in a parameter which
   * is itself set are copied first: swaps work.
   */
  private List<Step> copies(Updates updates) {
    Set<Integer> written = new HashSet<>();
    graph.updates().keySet().forEach(parameter -> written.add(placeOf(parameter).slot()));
    List<Step> commits = new ArrayList<>();
    graph
        .updates()
        .forEach((parameter, value) -> {
          if (updates.inPlace(parameter)) {
            return;
          }
          Operand target = placeOf(parameter);
          Operand source = placeOf(value);
          if (!source.equals(target)) {
            Operand safe = written.contains(source.slot()) ? copied(value, source) : source;
            boolean transpose = !target.isDense();
            commits.add(
                new Step.Copy(
                    value,
                    transpose ? safe.transposed() : safe,
                    transpose ? target.transposed() : target));
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

  private Operand place(Value value, ConstantFolding folding) {
    TensorType type = types.of(value);
    return switch (value) {
      case Input input -> {
        inputs.put(input.label(), type);
        yield Operand.dense(slot(type, new Slot.OfInput(input.label())), type);
      }
      case GraphParameter parameter -> {
        Operand dense = Operand.dense(slot(type, new Slot.OfParameter(parameter.label())), type);
        Operand place =
            columnMajorParameters.contains(parameter.label()) ? dense.columnMajor() : dense;
        parameters.put(parameter.label(), place);
        yield place;
      }
      case Constant constant -> constant(type, constant.tensor());
      case Apply apply -> constant(type, folding.of(apply).orElseThrow());
    };
  }

  private Operand constant(TensorType type, Tensor tensor) {
    return Operand.dense(slot(type, new Slot.OfConstant(tensor)), type);
  }

  /** Makes the steps of a unit; with {@code updates}, its results go to parameters. */
  private void guarded(Unit unit, @Nullable Updates updates) {
    Apply node = unit.core().orElseGet(() -> unit.nodes().getLast());
    types.guarded(
        node,
        () -> {
          compute(unit, updates);
          return node;
        });
  }

  private void compute(Unit unit, @Nullable Updates updates) {
    if (unit.core().isEmpty()) {
      loop(unit, unit.group().orElseThrow(), updates);
      return;
    }
    Apply node = unit.core().get();
    TensorType type = types.of(node);
    Op<Record> op = node.op();
    switch (op) {
      case Pointwise<Record> pointwise ->
          throw new IllegalStateException(node + " is in no group.");
      case Reduction<Record> reduction -> fold(node, reduction, unit);
      case Contraction<Record> contraction -> product(node, contraction, unit, type, updates);
      case View<Record> view -> places.put(node, view(node, view, type));
      case Kernel<Record> kernel -> {
        ImmutableList.Builder<Operand> operands = ImmutableList.builder();
        node.inputs().forEach(input -> operands.add(dense(input)));
        steps.add(new Step.Call(node, kernel, operands.build(), parts(node)));
      }
      case Composite<Record> composite -> throw new IllegalStateException(node + " has no body.");
    }
  }

  private void loop(Unit unit, Unit.Group group, @Nullable Updates updates) {
    Shape shape = types.of(group.results().get(0)).shape();
    boolean transpose = columnMajor.contains(group.results().get(0));
    List<Operand> read = operands(group.inputs(), shape);
    ImmutableList.Builder<Operand> written = ImmutableList.builder();
    for (Value result : group.results()) {
      written.add(result(result, updates));
    }
    steps.add(
        new Step.Loop(
            unit.nodes(),
            group.program(),
            transpose ? transposed(read) : read,
            transpose ? transposed(written.build()) : written.build()));
  }

  /** Where a result goes. */
  private Operand result(Value value, @Nullable Updates updates) {
    TensorType type = types.of(value);
    Operand place =
        updates != null
            ? placeOf(updates.parameter(value))
            : columnMajor.contains(value) ? scratch(type).columnMajor() : scratch(type);
    places.put(value, place);
    return place;
  }

  private List<Operand> operands(List<Value> values, Shape shape) {
    return values.stream()
        .map(value -> placeOf(value).broadcastTo(shape))
        .collect(ImmutableList.toImmutableList());
  }

  private static List<Operand> transposed(List<Operand> operands) {
    return operands.stream().map(Operand::transposed).collect(ImmutableList.toImmutableList());
  }

  /** Where all outputs of a node go, those included that nothing reads. */
  private List<Operand> parts(Apply node) {
    ImmutableList.Builder<Operand> outputs = ImmutableList.builder();
    for (Apply part : node.tuple().parts()) {
      Operand output = scratch(types.of(part));
      outputs.add(output);
      places.put(part, output);
    }
    return outputs.build();
  }

  private void fold(Apply node, Reduction<Record> op, Unit unit) {
    InputTypes inputTypes = types.inputs(node);
    List<TensorType> computed = op.inferAll(node.attributes(), inputTypes);
    node.tuple().parts().forEach(part -> types.require(part, computed.get(part.index())));
    DType dtype = inputTypes.get(0).dtype();
    FoldPrograms programs = FoldPrograms.of(op, node.attributes(), dtype);
    List<Integer> axes = op.axes(node.attributes()).of(inputTypes);
    List<Value> read = unit.group().map(Unit.Group::inputs).orElseGet(() -> Expansion.inputs(node));
    steps.addAll(
        FoldSteps.of(
            node,
            unit.group(),
            programs,
            axes,
            operands(read, inputTypes.get(0).shape()),
            parts(node),
            () -> scratch(inputTypes.get(0))));
  }

  private void product(
      Apply node, Contraction<Record> op, Unit unit, TensorType type, @Nullable Updates updates) {
    Subscripts subscripts = op.subscripts(node.attributes(), types.inputs(node));
    types.require(node, subscripts.infer(types.inputs(node)));
    LaneProgram finish = LaneProgram.of(1, List.of(Lane.input(0, type.dtype())));
    List<Value> read = List.of();
    if (unit.group().isPresent()) {
      Unit.Group group = unit.group().get();
      int sum = group.inputs().indexOf(unit.transposition().orElse(node));
      finish = group.program().withFirst(sum);
      List<Value> extras = new ArrayList<>(group.inputs());
      extras.remove(sum);
      read = extras;
    }
    if (unit.transposition().isPresent()) {
      subscripts =
          new Subscripts(
              subscripts.left(),
              subscripts.right(),
              new StringBuilder(subscripts.output()).reverse().toString());
    }
    List<Operand> extras = operands(read, types.of(unit.results().get(0)).shape());
    Operand output = result(unit.results().get(0), updates);
    steps.add(
        new Step.Product(
            unit.nodes(),
            subscripts,
            placeOf(node.input(0)),
            placeOf(node.input(1)),
            finish,
            extras,
            output));
  }

  private Operand view(Apply node, View<Record> op, TensorType type) {
    Operand input = placeOf(node.input(0));
    IndexMap map = op.map(node.attributes(), input.type(), type);
    types.require(node, input.type().with(type.shape()));
    Reach.check(node, map, input, type);
    return input
        .through(map, type)
        .orElseGet(() -> copied(node.input(0), input).through(map, type).orElseThrow());
  }

  private Operand dense(Value value) {
    Operand place = placeOf(value);
    return place.isDense() ? place : copied(value, place);
  }

  private Operand copied(Value value, Operand source) {
    Operand known = copies.get(source);
    if (known == null) {
      known = scratch(source.type());
      steps.add(new Step.Copy(value, source, known));
      copies.put(source, known);
    }
    return known;
  }

  private Operand scratch(TensorType type) {
    return Operand.dense(slot(type, new Slot.Scratch()), type);
  }

  private int slot(TensorType type, Slot.Role role) {
    slots.add(new Slot(type.dtype(), type.shape().elements(), role));
    return slots.size() - 1;
  }
}
