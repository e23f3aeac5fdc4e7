package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Nodes that one step computes: an op that is not pointwise, or a group of pointwise ones, or a
 * reduction with the group that gives its elements, or a contraction with the group that finishes
 * its sums.
 *
 * @param core the node that is not pointwise
 * @param turned the transposition through which the group reads the core
 * @param group the pointwise ones
 */
record Unit(Optional<Apply> core, Optional<Apply> turned, Optional<Group> group) {

  /**
   * Pointwise nodes of one shape.
   *
   * @param members the nodes, in topological order
   * @param program what they compute
   * @param inputs what the program reads
   * @param results what it computes
   */
  record Group(
      ImmutableList<Apply> members,
      LaneProgram program,
      ImmutableList<Value> inputs,
      ImmutableList<Value> results) {}

  static Unit of(Apply core) {
    return new Unit(Optional.of(core), Optional.empty(), Optional.empty());
  }

  static Unit of(Group group) {
    return new Unit(Optional.empty(), Optional.empty(), Optional.of(group));
  }

  /** What the unit computes for others. */
  ImmutableList<Value> results() {
    boolean foldOrPlain = core.isPresent() && (group.isEmpty() || readsGroup());
    return foldOrPlain ? ImmutableList.of(core.get()) : group.orElseThrow().results();
  }

  /** Whether the core reads what the group computes, and not the other way round. */
  private boolean readsGroup() {
    return group.isPresent()
        && core.isPresent()
        && Expansion.inputs(core.get()).contains(group.get().results().get(0));
  }

  /** The nodes, in topological order. */
  ImmutableList<Apply> nodes() {
    ImmutableList<Apply> alone =
        Stream.concat(core.stream(), turned.stream()).collect(ImmutableList.toImmutableList());
    ImmutableList<Apply> members = group.map(Group::members).orElse(ImmutableList.of());
    return readsGroup()
        ? ImmutableList.<Apply>builder().addAll(members).addAll(alone).build()
        : ImmutableList.<Apply>builder().addAll(alone).addAll(members).build();
  }

  /** What the unit reads of others. */
  ImmutableList<Value> inputs() {
    ImmutableList.Builder<Value> all = ImmutableList.builder();
    core.ifPresent(node -> all.addAll(Expansion.inputs(node)));
    group.ifPresent(loop -> all.addAll(loop.inputs()));
    ImmutableSet<Apply> inside = ImmutableSet.copyOf(nodes());
    return all.build().stream()
        .filter(value -> !(value instanceof Apply node && inside.contains(node)))
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }
}
