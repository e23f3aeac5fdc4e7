package io.deltagraph.graph;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;
import io.deltagraph.type.Shape;
import io.deltagraph.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What backward rules may rely on: the one list of op names that the engine asks the registry for.
 * It never grows by plugins; their ops are reached through {@link #op(String, Value...)}.
 */
public sealed interface Algebra permits Value {

  /** This value. */
  Value self();

  /** The op of that name, with its default attributes, on this value and others. */
  default Value op(String name, Value... others) {
    return op(name, ImmutableMap.of(), others);
  }

  /** The op of that name, with attributes as plain data, on this value and others. */
  default Value op(String name, Map<String, ?> attributes, Value... others) {
    return self().builder().apply(OpId.of(name), attributes, inputs(others));
  }

  /** The op of that name, with its record of attributes, on this value and others. */
  default Value op(String name, Record attributes, Value... others) {
    return self().builder().apply(OpId.of(name), attributes, inputs(others));
  }

  /**
   * The outputs of an op that has several, with attributes as plain data; others as of {@link #op}.
   */
  default Tuple tuple(String name, Map<String, ?> attributes, Value... others) {
    return self().builder().tuple(OpId.of(name), attributes, inputs(others));
  }

  /** The outputs of an op that has several, with its default attributes. */
  default Tuple tuple(String name, Value... others) {
    return tuple(name, ImmutableMap.of(), others);
  }

  /** The outputs of an op that has several, with its record of attributes. */
  default Tuple tuple(String name, Record attributes, Value... others) {
    return self().builder().tuple(OpId.of(name), attributes, inputs(others));
  }

  private List<Value> inputs(Value... others) {
    return ImmutableList.<Value>builder().add(self()).add(others).build();
  }

  /** A scalar constant of this value's dtype. */
  default Value constant(double value) {
    return self().builder().constant(Tensor.filled(TensorType.scalar(self().dtype()), value));
  }

  /** {@code this + other}. */
  default Value plus(Value other) {
    return op("add", other);
  }

  /** {@code this + other}. */
  default Value plus(double other) {
    return plus(constant(other));
  }

  /** {@code this − other}. */
  default Value minus(Value other) {
    return op("subtract", other);
  }

  /** {@code this − other}. */
  default Value minus(double other) {
    return minus(constant(other));
  }

  /** {@code 1 − this}. */
  default Value oneMinus() {
    return constant(1).minus(self());
  }

  /** The Hadamard product {@code this ⊙ other}. */
  default Value times(Value other) {
    return op("hadamard", other);
  }

  /** {@code this · other}. */
  default Value times(double other) {
    return times(constant(other));
  }

  /** {@code this / other}, element by element. */
  default Value over(Value other) {
    return op("divide", other);
  }

  /** {@code this / other}. */
  default Value over(double other) {
    return over(constant(other));
  }

  /** {@code −this}. */
  default Value negate() {
    return op("negate");
  }

  /** {@code 1 / this}. */
  default Value reciprocal() {
    return op("reciprocal");
  }

  /** {@code this²}. */
  default Value square() {
    return op("square");
  }

  /** The square root. */
  default Value sqrt() {
    return op("sqrt");
  }

  /** {@code this^exponent}. */
  default Value pow(Value exponent) {
    return op("pow", exponent);
  }

  /** {@code this^exponent}. */
  default Value pow(double exponent) {
    return pow(constant(exponent));
  }

  /** {@code |this|}. */
  default Value abs() {
    return op("abs");
  }

  /** −1, 0 or 1, as the derivative of {@code |x|} is reported: 0 at 0. */
  default Value signum() {
    Value positive = greater(constant(0)).cast(self().dtype());
    return positive.minus(less(constant(0)).cast(self().dtype()));
  }

  /** {@code e^this}. */
  default Value exp() {
    return op("exp");
  }

  /** The natural logarithm. */
  default Value log() {
    return op("log");
  }

  /** {@code ln(1 + this)}. */
  default Value log1p() {
    return op("log1p");
  }

  /** {@code e^this − 1}. */
  default Value expm1() {
    return op("expm1");
  }

  /** The sine. */
  default Value sin() {
    return op("sin");
  }

  /** The cosine. */
  default Value cos() {
    return op("cos");
  }

  /** The hyperbolic tangent. */
  default Value tanh() {
    return op("tanh");
  }

  /** The error function. */
  default Value erf() {
    return op("erf");
  }

  /** The largest whole number not above. */
  default Value floor() {
    return op("floor");
  }

  /** The smaller of the two. */
  default Value minimum(Value other) {
    return op("minimum", other);
  }

  /** The smaller of the two. */
  default Value minimum(double other) {
    return minimum(constant(other));
  }

  /** The larger of the two. */
  default Value maximum(Value other) {
    return op("maximum", other);
  }

  /** The larger of the two. */
  default Value maximum(double other) {
    return maximum(constant(other));
  }

  /** The mask {@code this < other}. */
  default Value less(Value other) {
    return op("less", other);
  }

  /** The mask {@code this < other}. */
  default Value less(double other) {
    return less(constant(other));
  }

  /** The mask {@code this ≤ other}. */
  default Value lessEqual(Value other) {
    return op("less_equal", other);
  }

  /** The mask {@code this ≤ other}. */
  default Value lessEqual(double other) {
    return lessEqual(constant(other));
  }

  /** The mask {@code this > other}. */
  default Value greater(Value other) {
    return op("greater", other);
  }

  /** The mask {@code this > other}. */
  default Value greater(double other) {
    return greater(constant(other));
  }

  /** The mask {@code this ≥ other}. */
  default Value greaterEqual(Value other) {
    return op("greater_equal", other);
  }

  /** The mask {@code this ≥ other}. */
  default Value greaterEqual(double other) {
    return greaterEqual(constant(other));
  }

  /** The mask {@code this = other}. */
  default Value equal(Value other) {
    return op("equal", other);
  }

  /** Both masks. */
  default Value and(Value other) {
    return op("logical_and", other);
  }

  /** Either mask. */
  default Value or(Value other) {
    return op("logical_or", other);
  }

  /** The mask negated. */
  default Value not() {
    return op("logical_not");
  }

  /** Where an element is not a number. */
  default Value isNaN() {
    return op("is_nan");
  }

  /** Where this mask holds {@code yes}, elsewhere {@code no}. */
  default Value where(Value yes, Value no) {
    return op("where", yes, no);
  }

  /** This value with other elements types. */
  default Value cast(DType dtype) {
    return dtype == self().dtype() ? self() : op("cast", Map.of("dtype", dtype.text()));
  }

  /** The matrix product, over the last axis of this and the second last of the other. */
  default Value matmul(Value other) {
    return op("matmul", other);
  }

  /** The product that {@code subscripts} such as {@code ij,kj->ik} describe. */
  default Value einsum(Subscripts subscripts, Value other) {
    return op("einsum", Map.of("subscripts", subscripts.toString()), other);
  }

  /** The last two axes swapped. */
  default Value transpose() {
    return op("transpose");
  }

  /** The axes in another order. */
  default Value permute(List<Integer> axes) {
    return op("permute", Map.of("axes", axes));
  }

  /** The sum over some axes, all of them if none are given. */
  default Value sum(List<Integer> axes, boolean keepdims) {
    return op("sum", Map.of("axes", axes, "keepdims", keepdims));
  }

  /** The sum over everything, a scalar. */
  default Value sum() {
    return op("sum");
  }

  /** The mean of everything, a scalar. */
  default Value mean() {
    return op("mean");
  }

  /** The largest over some axes, all of them if none are given. */
  default Value max(List<Integer> axes, boolean keepdims) {
    return op("max", Map.of("axes", axes, "keepdims", keepdims));
  }

  /** The sum of the magnitudes of all elements, a scalar. */
  default Value norm1() {
    return op("norm1");
  }

  /** The root of the sum of the squares of all elements, a scalar. */
  default Value norm2() {
    return op("norm2");
  }

  /** The elements in order along an axis, the smallest first unless {@code descending}. */
  default Value sort(int axis, boolean descending) {
    return op("sort", Map.of("axis", axis, "descending", descending));
  }

  /** For each element the sum of those up to it along an axis. */
  default Value cumsum(int axis) {
    return op("cumsum", Map.of("axis", axis));
  }

  /** This value and others of its type, one after another along a new first axis. */
  default Value stack(Value... others) {
    return op("stack", others);
  }

  /** This value repeated to a shape that it broadcasts to. */
  default Value broadcastTo(Shape shape) {
    return shape.equals(self().shape())
        ? self()
        : op("broadcast_to", Map.of("shape", shape.toString()));
  }

  /** The same elements in row-major order under another shape. */
  default Value reshape(Shape shape) {
    return shape.equals(self().shape()) ? self() : op("reshape", Map.of("shape", shape.toString()));
  }

  /** The same with one size of −1: what is left for it, be it a name such as {@code N}. */
  default Value reshape(int... sizes) {
    return reshape(self().shape().refilled(sizes));
  }

  /** The positions in ranges such as {@code ":, 1:-1, ::2"}, one for each of the first axes. */
  default Value slice(String ranges) {
    return Ranges.of(self(), ranges);
  }

  /** Each {@code step}-th position from {@code start} to before {@code stop} along an axis. */
  default Value slice(int axis, int start, int stop, int step) {
    return op("slice", Map.of("axis", axis, "start", start, "stop", stop, "step", step));
  }

  /**
   * The number of elements along some axes (all if none are given) as a scalar of this value's
   * dtype.
   */
  default Value elementCount(List<Integer> axes) {
    Shape shape = self().shape();
    List<Integer> counted =
        axes.isEmpty() ? IntStream.range(0, shape.rank()).boxed().toList() : axes;
    Shape part = Shape.of(counted.stream().map(shape::dim).toList());
    return part.isFixed()
        ? constant(part.elements())
        : op("element_count", Map.of("axes", counted));
  }

  /** This value, through which no gradient flows. */
  default Value stopGradient() {
    return op("stop_gradient");
  }
}
