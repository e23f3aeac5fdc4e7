package io.deltagraph.type;

import java.util.Map;

/** The type of a value: its element type and its shape, printed as {@code f64[N, 3]}. */
public record TensorType(DType dtype, Shape shape) {

  /** A type of known sizes. */
  public static TensorType of(DType dtype, int... sizes) {
    return new TensorType(dtype, Shape.of(sizes));
  }

  /** A scalar of that element type. */
  public static TensorType scalar(DType dtype) {
    return new TensorType(dtype, Shape.scalar());
  }

  /** The same element type with another shape. */
  public TensorType with(Shape other) {
    return new TensorType(dtype, other);
  }

  /** The same shape with another element type. */
  public TensorType with(DType other) {
    return new TensorType(other, shape);
  }

  /** The number of dimensions. */
  public int rank() {
    return shape.rank();
  }

  /** This type with the names in its shape replaced by their sizes. */
  public TensorType bind(Map<String, Integer> sizes) {
    return new TensorType(dtype, shape.bind(sizes));
  }

  @Override
  public String toString() {
    return dtype + shape.toString();
  }
}
