package io.deltagraph.graph;

import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node of a graph. Values are made by a {@link GraphBuilder} only, which keeps one node for equal
 * expressions, so equality is identity. Numbers ascend in topological order.
 */
public abstract sealed class Value implements Algebra
    permits Input, GraphParameter, Constant, Apply {
  private final GraphBuilder builder;
  private final int id;
  private final TensorType type;
  private @Nullable String name;

  Value(GraphBuilder builder, int id, TensorType type, @Nullable String name) {
    this.builder = builder;
    this.id = id;
    this.type = type;
    this.name = name;
  }

  /** The builder that made this value. */
  public GraphBuilder builder() {
    return builder;
  }

  /**
   * The number of this value in its builder; inputs have smaller numbers than what is made of them.
   */
  public int id() {
    return id;
  }

  /** The type. */
  public TensorType type() {
    return type;
  }

  /** The shape. */
  public Shape shape() {
    return type.shape();
  }

  /** The element type. */
  public DType dtype() {
    return type.dtype();
  }

  /** The name that this value was given, if any. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** Gives this value a name for printing and look-up; the first name stays the printed one. */
  public Value named(String newName) {
    builder.register(newName, this);
    if (name == null) {
      name = newName;
    }
    return this;
  }

  /** The name, or the number as {@code %7}. */
  public String label() {
    return name == null ? "%" + id : name;
  }

  @Override
  public final Value self() {
    return this;
  }

  /** The number: maps of values lie as the graph does, in which neighbours are used together. */
  @Override
  public final int hashCode() {
    return id;
  }

  @Override
  public String toString() {
    return label() + ": " + type;
  }
}
