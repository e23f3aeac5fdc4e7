package io.deltagraph.plan;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Nodes that one step computes: a node that is not pointwise, or a group of pointwise ones, or a
 * reduction with the group that computes its elements, or a contraction with the group that
 * finishes its sums.
 *
 * @param core the node that is not pointwise
 * @param transposition the node through which the group reads the core, if it does not directly
 * @param group the pointwise ones
 * @param nodes all of them, in topological order
 * @param results what the unit computes for others
 */
record Unit(
    Optional<Apply> core,
    Optional<Apply> transposition,
    Optional<Group> group,
    List<Apply> nodes,
    List<Value> results) {

  /**
   * Pointwise nodes of one shape.
   *
   * @param members the nodes, in topological order
   * @param program what they compute
   * @param inputs what the program reads
   * @param results what it computes
   */
  record Group(List<Apply> members, LaneProgram program, List<Value> inputs, List<Value> results) {}

  /** A node that is not pointwise. */
  static Unit of(Apply core) {
    return new Unit(
        Optional.of(core),
        Optional.empty(),
        Optional.empty(),
        ImmutableList.of(core),
        results(core));
  }

  /** A loop. */
  static Unit of(Group group) {
    return new Unit(
        Optional.empty(), Optional.empty(), Optional.of(group), group.members(), group.results());
  }

  /** A reduction of what a group computes. */
  static Unit of(Group group, Apply reduction) {
    return new Unit(
        Optional.of(reduction),
        Optional.empty(),
        Optional.of(group),
        ImmutableList.<Apply>builder().addAll(group.members()).add(reduction).build(),
        results(reduction));
  }

  /** All outputs of a node, one of which stands for it among the nodes. */
  private static List<Value> results(Apply core) {
    return ImmutableList.copyOf(core.tuple().parts());
  }

  /** A contraction whose sums, or their transposition, a group finishes. */
  static Unit of(Apply contraction, Optional<Apply> transposition, Group group) {
    return new Unit(
        Optional.of(contraction),
        transposition,
        Optional.of(group),
        Stream.of(Stream.of(contraction), transposition.stream(), group.members().stream())
            .flatMap(nodes -> nodes)
            .collect(ImmutableList.toImmutableList()),
        group.results());
  }

  /** What the unit reads of others. */
  List<Value> inputs() {
    Set<Value> read = new LinkedHashSet<>();
    core.ifPresent(node -> read.addAll(Expansion.inputs(node)));
    group.ifPresent(loop -> read.addAll(loop.inputs()));
    nodes.forEach(read::remove);
    return ImmutableList.copyOf(read);
  }
}
