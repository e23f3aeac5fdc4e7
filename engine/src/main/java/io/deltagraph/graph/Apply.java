package io.deltagraph.graph;

import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that an op computes from others. */
public final class Apply extends Value {
  private final Op<Record> op;
  private final Record attributes;
  private final List<Value> inputs;
  private final @Nullable Value body;
  private final Site site;

  Apply(
      GraphBuilder builder,
      int id,
      TensorType type,
      Op<Record> op,
      Record attributes,
      List<Value> inputs,
      @Nullable Value body,
      Site site) {
    super(builder, id, type, null);
    this.op = op;
    this.attributes = attributes;
    this.inputs = inputs;
    this.body = body;
    this.site = site;
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

  /** The value at a position of the inputs. */
  public Value input(int index) {
    return inputs.get(index);
  }

  /** The types of the inputs. */
  public Types inputTypes() {
    return GraphBuilder.types(inputs);
  }

  /** What a composite stands for, in terms of its inputs; empty for other kinds. */
  public Optional<Value> body() {
    return Optional.ofNullable(body);
  }

  /** The line of source that first made this node. */
  public Site site() {
    return site;
  }
}
