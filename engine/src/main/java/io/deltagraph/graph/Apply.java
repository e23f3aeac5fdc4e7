package io.deltagraph.graph;

import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that an op computes from others: the output of a node, or one of its outputs. */
public final class Apply extends Value {
  private final Tuple tuple;
  private final int index;
  private final @Nullable Value body;

  Apply(
      GraphBuilder builder, int id, TensorType type, Tuple tuple, int index, @Nullable Value body) {
    super(builder, id, type, null);
    this.tuple = tuple;
    this.index = index;
    this.body = body;
  }

  /** The node that this is a part of, with what else the op computes there. */
  public Tuple tuple() {
    return tuple;
  }

  /** Which of the node's outputs this is, counted from 0. */
  public int index() {
    return index;
  }

  /** The op; its attributes are those of this node. */
  public Op<Record> op() {
    return tuple.op();
  }

  /** The attributes, a record of the op. */
  public Record attributes() {
    return tuple.attributes();
  }

  /** What it is computed from. */
  public List<Value> inputs() {
    return tuple.inputs();
  }

  /** The value at a position of the inputs. */
  public Value input(int index) {
    return inputs().get(index);
  }

  /** The types of the inputs. */
  public InputTypes inputTypes() {
    return GraphBuilder.types(inputs());
  }

  /** The same output of the same op with the same attributes, applied to other inputs. */
  public Apply on(List<? extends Value> others) {
    return builder().tuple(op(), attributes(), others).part(index);
  }

  /** What a composite's output stands for, in terms of its inputs; empty for other kinds. */
  public Optional<Value> body() {
    return Optional.ofNullable(body);
  }

  /** The line of source that first made this node. */
  public Site site() {
    return tuple.site();
  }
}
