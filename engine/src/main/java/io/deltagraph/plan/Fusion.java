package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import com.google.common.collect.Sets;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Contraction;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which nodes one step computes.
 *
 * <p>An edge between two pointwise nodes of one shape can lie within a loop; any other edge is a
 * border. The rank of a value is the largest number of borders on a path to it. A path that leaves
 * the nodes of one rank and shape never comes back to them, so that any set of them can be one
 * loop. Those that an edge or a common input connects become one, unless the loop got too long to
 * be compiled well. A node that reads parameters and inputs alone gets the rank of its readers: so
 * the decay of a moment is one loop with what the gradient adds to it.
 */
final class Fusion {
  /** The most instructions of a loop: far below where the compiler gives up inlining. */
  private static final int LONGEST_LOOP = 120;

  /** The most instructions that finish a product: more are faster in a loop of their own. */
  private static final int LONGEST_FINISH = 12;

  /** Operations of lanes that call a function. */
  private static final Set<LaneOp> SLOW = Sets.immutableEnumSet(LaneOp.SIN, LaneOp.COS, LaneOp.POW);

  /** The most instructions of a single number that is computed anew for each element. */
  private static final int REPEATED = 3;

  private final List<Value> values;
  private final Set<Value> roots;
  private final SizedTypes types;
  private final ConstantFolding constants;
  private final boolean fuse;
  private final Map<Value, List<Apply>> readers = new HashMap<>();
  private final Map<Value, Lane> known = new HashMap<>();
  private final Map<Value, Integer> weights = new HashMap<>();
  private final Set<Value> repeated = new HashSet<>();
  private final Map<Value, Integer> groupOf = new HashMap<>();
  private final List<List<Apply>> groups = new ArrayList<>();

  /**
   * Looks at a graph.
   *
   * @param values what is computed, in topological order, without composites
   * @param roots what has to have a place afterwards
   * @param types the types of the values
   * @param constants the values that are the same in every run
   * @param fuse whether to fuse at all
   */
  Fusion(
      List<Value> values,
      Set<Value> roots,
      SizedTypes types,
      ConstantFolding constants,
      boolean fuse) {
    this.values = values;
    this.roots = roots;
    this.types = types;
    this.constants = constants;
    this.fuse = fuse;
    for (Value value : values) {
      if (value instanceof Apply node) {
        for (Value input : new HashSet<>(Expansion.inputs(node))) {
          List<Apply> known = readers.computeIfAbsent(input, key -> new ArrayList<>());
          // The outputs of a node come one after another, and the first stands for all.
          if (known.isEmpty() || known.getLast().tuple() != node.tuple()) {
            known.add(node);
          }
        }
      }
    }
  }

  /** The units, each after those that it reads. */
  List<Unit> units() {
    weigh();
    findRepeated();
    findGroups();
    findMasks();
    return UnitOrder.of(assemble());
  }

  private static boolean isPointwise(Value value) {
    return value instanceof Apply node && node.op() instanceof Pointwise;
  }

  private void weigh() {
    for (Value value : values) {
      if (value instanceof Apply node && isPointwise(node)) {
        Lane lane = types.lane(node);
        known.put(node, lane);
        weights.put(node, LaneProgram.of(node.inputs().size(), List.of(lane)).code().size());
      }
    }
  }

  /** Finds single numbers that cost less to compute anew for each element than to keep. */
  private void findRepeated() {
    for (Value value : values) {
      if (fuse
          && isPointwise(value)
          && !roots.contains(value)
          && shape(value).elements() == 1
          && weights.getOrDefault(value, 0) <= REPEATED
          && Collections.disjoint(Expansion.inputs((Apply) value), repeated)
          && readersOf(value).stream().allMatch(Fusion::isPointwise)
          && readersOf(value).stream().anyMatch(node -> shape(node).elements() > 1)) {
        repeated.add(value);
      }
    }
  }

  private Shape shape(Value value) {
    return types.of(value).shape();
  }

  private List<Apply> readersOf(Value value) {
    return readers.getOrDefault(value, List.of());
  }

  private record Key(int rank, Shape shape, Value input) {}

  private void findGroups() {
    Map<Value, Integer> ranks = new HashMap<>();
    Map<Key, Integer> sharing = new HashMap<>();
    List<Apply> nodes = new ArrayList<>();
    Map<Value, Integer> numbers = new HashMap<>();
    for (Value value : values) {
      if (!(value instanceof Apply node)) {
        ranks.put(value, 0);
        continue;
      }
      int rank = 0;
      for (Value input : Expansion.inputs(node)) {
        rank = Math.max(rank, ranks.getOrDefault(input, 0) + (joins(input, node) ? 0 : 1));
      }
      ranks.put(node, rank);
      if (isPointwise(node) && !repeated.contains(node)) {
        numbers.put(node, nodes.size());
        nodes.add(node);
      }
    }
    for (Apply node : Lists.reverse(nodes)) {
      if (fuse && waits(node)) {
        ranks.put(
            node, readersOf(node).stream().mapToInt(r -> ranks.getOrDefault(r, 0)).min().orElse(0));
      }
    }
    int[] parents = new int[nodes.size()];
    Arrays.setAll(parents, i -> i);
    for (int i = 0; i < parents.length && fuse; i++) {
      Apply node = nodes.get(i);
      int rank = ranks.getOrDefault(node, 0);
      for (Value input : Expansion.inputs(node)) {
        int number = numbers.getOrDefault(input, -1);
        if (number >= 0 && joins(input, node) && ranks.getOrDefault(input, 0) == rank) {
          parents[find(parents, i)] = find(parents, number);
        } else if (shape(input).equals(shape(node))) {
          int self = i;
          int other = sharing.computeIfAbsent(new Key(rank, shape(node), input), k -> self);
          parents[find(parents, i)] = find(parents, other);
        }
      }
    }
    Map<Integer, Integer> open = new HashMap<>();
    Map<Integer, Integer> lengths = new HashMap<>();
    for (int i = 0; i < parents.length; i++) {
      int root = find(parents, i);
      Apply node = nodes.get(i);
      int weight = weights.getOrDefault(node, 0);
      Integer group = open.get(root);
      if (group == null || lengths.getOrDefault(group, 0) + weight > LONGEST_LOOP) {
        group = groups.size();
        groups.add(new ArrayList<>());
        open.put(root, group);
        lengths.put(group, 0);
      }
      groups.get(group).add(node);
      groupOf.put(node, group);
      lengths.merge(group, weight, Integer::sum);
    }
  }

  /** Whether a node reads parameters, inputs and single numbers alone, and loops alone read it. */
  private boolean waits(Apply node) {
    return !roots.contains(node)
        && readersOf(node).stream().allMatch(reader -> joins(node, reader))
        && Expansion.inputs(node).stream()
            .noneMatch(input -> input instanceof Apply && shape(input).elements() > 1);
  }

  private boolean joins(Value input, Apply node) {
    return isPointwise(input) && isPointwise(node) && shape(input).equals(shape(node));
  }

  private static int find(int[] parents, int node) {
    int root = node;
    while (parents[root] != root) {
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  /**
   * Lets groups that read a mask of another one compare anew, if what it compares is kept anyway.
   */
  private void findMasks() {
    for (Value value : values) {
      if (fuse
          && value.dtype() == DType.BOOL
          && value instanceof Apply node
          && groupOf.containsKey(node)
          && !roots.contains(node)
          && readersOf(node).stream().allMatch(reader -> joins(node, reader))
          && readersOf(node).stream().anyMatch(reader -> outside(node, reader))
          && Expansion.inputs(node).stream().allMatch(this::isKept)) {
        repeated.add(node);
        groups.get(groupOf.getOrDefault(node, -1)).remove(node);
        groupOf.remove(node);
      }
    }
  }

  /**
   * Whether a value is read in another group than its own, by way of what is computed anew perhaps.
   */
  private boolean outside(Value value, Apply reader) {
    if (repeated.contains(reader)) {
      return readersOf(reader).stream().anyMatch(next -> outside(value, next));
    }
    return !groupOf.getOrDefault(value, -1).equals(groupOf.getOrDefault(reader, -2));
  }

  private boolean isKept(Value value) {
    return !repeated.contains(value) && (!groupOf.containsKey(value) || isResult(value));
  }

  private boolean isResult(Value value) {
    return roots.contains(value)
        || readersOf(value).stream().anyMatch(reader -> outside(value, reader));
  }

  private List<Unit> assemble() {
    List<Unit> units = new ArrayList<>();
    Set<Value> taken = new HashSet<>();
    for (List<Apply> members : groups) {
      if (!members.isEmpty()) {
        Unit unit = unit(group(members));
        unit.core().ifPresent(core -> taken.addAll(core.tuple().parts()));
        unit.transposition().ifPresent(taken::add);
        units.add(unit);
      }
    }
    for (Value value : values) {
      if (value instanceof Apply node && !isPointwise(node) && !taken.contains(node)) {
        units.add(Unit.of(node));
        taken.addAll(node.tuple().parts());
      }
    }
    return units;
  }

  private Unit.Group group(List<Apply> members) {
    List<Value> results =
        members.stream().filter(this::isResult).collect(ImmutableList.toImmutableList());
    LanesOfGroup built = new LanesOfGroup(members);
    List<Lane> outputs = new ArrayList<>();
    results.forEach(result -> outputs.add(built.lane(result)));
    return new Unit.Group(
        ImmutableList.copyOf(members),
        LaneProgram.of(built.inputs.size(), outputs),
        ImmutableList.copyOf(built.inputs.keySet()),
        results);
  }

  /** The lanes of a group's members over those of what it reads. */
  private final class LanesOfGroup {
    private final Map<Value, Lane> made = new HashMap<>();
    private final Map<Value, Integer> inputs = new LinkedHashMap<>();

    LanesOfGroup(List<Apply> members) {
      for (Apply member : members) {
        made.put(member, inner(member));
      }
    }

    /** Members come in topological order; what is computed anew reads nothing that is. */
    private Lane inner(Apply node) {
      List<Lane> arguments = new ArrayList<>();
      for (Value input : Expansion.inputs(node)) {
        Lane argument = made.get(input);
        if (argument == null) {
          argument =
              input instanceof Apply inlined && repeated.contains(inlined)
                  ? inner(inlined)
                  : outer(input);
          made.put(input, argument);
        }
        arguments.add(argument);
      }
      Lane lane = known.get(node);
      return lane == null ? outer(node) : lane.on(arguments);
    }

    Lane lane(Value value) {
      Lane lane = made.get(value);
      if (lane == null) {
        throw new IllegalStateException(value + " is no member.");
      }
      return lane;
    }

    private Lane outer(Value value) {
      Optional<Tensor> constant = fuse ? constants.of(value) : Optional.empty();
      if (constant.isPresent() && value.dtype().isFloat() && constant.get().length() == 1) {
        return Lane.constant(value.dtype(), constant.get().get(0));
      }
      return Lane.input(inputs.computeIfAbsent(value, key -> inputs.size()), value.dtype());
    }
  }

  private Unit unit(Unit.Group group) {
    if (!fuse || group.results().size() != 1) {
      return Unit.of(group);
    }
    Value result = group.results().get(0);
    List<Apply> after = readersOf(result);
    if (!roots.contains(result)
        && after.size() == 1
        && after.get(0).op() instanceof Reduction
        && !group.inputs().isEmpty()) {
      return Unit.of(group, after.get(0));
    }
    return finished(group, result);
  }

  /**
   * With the last product that this group alone reads, if the group is short enough to finish it.
   */
  private Unit finished(Unit.Group group, Value result) {
    boolean small =
        group.program().code().size() <= LONGEST_FINISH
            && group.program().code().stream().allMatch(code -> !SLOW.contains(code.op()));
    for (Value input : group.inputs().reversed()) {
      boolean transposed = input instanceof Apply view && isTransposition(view);
      Value sums = transposed ? Expansion.inputs((Apply) input).get(0) : input;
      if (small
          && sums instanceof Apply node
          && node.op() instanceof Contraction
          && node.dtype().isFloat()
          && node.dtype() == result.dtype()
          && shape(input).equals(shape(result))
          && !roots.contains(input)
          && readersOf(input).stream().allMatch(group.members()::contains)
          && (!transposed || (!roots.contains(node) && readersOf(node).size() == 1))) {
        Optional<Apply> view = transposed ? Optional.of((Apply) input) : Optional.empty();
        return Unit.of(node, view, group);
      }
    }
    return Unit.of(group);
  }

  private boolean isTransposition(Apply node) {
    Value input = Expansion.inputs(node).get(0);
    return Expansion.isTransposition(node, types.of(input), types.of(node));
  }
}
