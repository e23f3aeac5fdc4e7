package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A node: an op applied to values. It is typed by the tuple of its outputs and is no value itself,
 * so that nothing can be given it by mistake; each of its parts is a value. Most ops have one
 * output, and their nodes one part.
 */
public final class Tuple {
  private final Op<Record> op;
  private final Record attributes;
  private final List<Value> inputs;
  private final Site site;
  private final List<Apply> parts;

  /** Makes the parts, the first of which gets the number {@code id}. */
  Tuple(
      GraphBuilder builder,
      int id,
      Op<Record> op,
      Record attributes,
      List<Value> inputs,
      List<TensorType> types,
      List<Value> bodies,
      Site site) {
    this.op = op;
    this.attributes = attributes;
    this.inputs = ImmutableList.copyOf(inputs);
    this.site = site;
    this.parts =
        IntStream.range(0, types.size())
            .mapToObj(i ->
                new Apply(
                    builder,
                    id + i,
                    types.get(i),
                    this,
                    i,
                    bodies.isEmpty() ? null : bodies.get(i)))
            .collect(ImmutableList.toImmutableList());
  }

  /** The op; its attributes are those of this node. */
  public Op<Record> op() {
    return op;
  }

  /** The attributes, a record of the op. */
  public Record attributes() {
    return attributes;
  }

  /** What it is computed from. */
  public List<Value> inputs() {
    return inputs;
  }

  /** The line of source that first made this node. */
  public Site site() {
    return site;
  }

  /** The outputs, as many as {@link OpSignature#outputs} names, in its order. */
  public List<Apply> parts() {
    return parts;
  }

  /**
   * An output by its position.
   *
   * @throws GraphException.BadGraph listing the outputs, if there is none
   */
  public Apply part(int index) {
    if (index < 0 || index >= parts.size()) {
      throw new GraphException.BadGraph(this, "no output " + index + ", counted from 0");
    }
    return parts.get(index);
  }

  /**
   * An output by its name.
   *
   * @throws GraphException.BadGraph listing the outputs, if there is none
   */
  public Apply part(String name) {
    int index = op.signature().outputs().indexOf(name);
    if (index < 0) {
      throw new GraphException.BadGraph(this, "no output named '" + name + "'");
    }
    return parts.get(index);
  }

  @Override
  public String toString() {
    return parts.stream().map(Apply::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
