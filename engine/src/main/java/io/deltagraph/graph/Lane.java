package io.deltagraph.graph;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.deltagraph.type.DType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * An expression over one element of each input: a small closed language that the engine interprets,
 * prints, differentiates and compiles. There is no implicit promotion: both sides of an operation
 * have one type. Equality is identity, since a lane may be used twice in an expression.
 */
public final class Lane {
  private final LaneOp op;
  private final List<Lane> arguments;
  private final DType dtype;
  private final int input;
  private final double value;

  private Lane(LaneOp op, List<Lane> arguments, DType dtype, int input, double value) {
    this.op = op;
    this.arguments = arguments;
    this.dtype = dtype;
    this.input = input;
    this.value = value;
  }

  /** The lane of the input at a position. */
  public static Lane input(int index, DType dtype) {
    return new Lane(LaneOp.INPUT, ImmutableList.of(), dtype, index, 0);
  }

  /** A constant of a type. */
  public static Lane constant(DType dtype, double value) {
    return new Lane(LaneOp.CONSTANT, ImmutableList.of(), dtype, -1, dtype.round(value));
  }

  /** A constant of this lane's type. */
  public Lane constant(double constant) {
    return constant(dtype, constant);
  }

  /** What this lane does. */
  public LaneOp op() {
    return op;
  }

  /** What it does it to. */
  public List<Lane> arguments() {
    return arguments;
  }

  /** The element type. */
  public DType dtype() {
    return dtype;
  }

  /** The position of the input, of an {@link LaneOp#INPUT}. */
  public int input() {
    return input;
  }

  /** The number, of a {@link LaneOp#CONSTANT}. */
  public double value() {
    return value;
  }

  /** This expression with other lanes, of the same types, for its inputs. */
  public Lane on(List<Lane> inputs) {
    IdentityHashMap<Lane, Lane> made = new IdentityHashMap<>();
    Deque<Lane> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Lane lane = open.getLast();
      List<Lane> missing = lane.arguments.stream().filter(a -> !made.containsKey(a)).toList();
      if (missing.isEmpty()) {
        open.removeLast();
        made.computeIfAbsent(lane, key -> key.rebuilt(inputs, made));
      } else {
        open.addAll(missing);
      }
    }
    return made.getOrDefault(this, this);
  }

  private Lane rebuilt(List<Lane> inputs, Map<Lane, Lane> made) {
    if (op == LaneOp.INPUT) {
      return inputs.get(input);
    }
    List<Lane> replaced =
        arguments.stream()
            .map(argument -> made.getOrDefault(argument, argument))
            .collect(ImmutableList.toImmutableList());
    return new Lane(op, replaced, dtype, input, value);
  }

  private static Lane of(LaneOp op, DType dtype, Lane... arguments) {
    return new Lane(op, ImmutableList.copyOf(arguments), dtype, -1, 0);
  }

  private Lane numeric(LaneOp operation) {
    Preconditions.checkArgument(dtype != DType.BOOL, "%s needs numbers, got a mask.", operation);
    return of(operation, dtype, this);
  }

  private Lane floating(LaneOp operation) {
    Preconditions.checkArgument(
        dtype.isFloat(), "%s needs f64 or f32 lanes, got %s.", operation, dtype);
    return of(operation, dtype, this);
  }

  private Lane numeric(LaneOp operation, Lane other) {
    same(operation, other);
    Preconditions.checkArgument(dtype != DType.BOOL, "%s needs numbers, got masks.", operation);
    return of(operation, dtype, this, other);
  }

  private Lane floating(LaneOp operation, Lane other) {
    same(operation, other);
    Preconditions.checkArgument(
        dtype.isFloat(), "%s needs f64 or f32 lanes, got %s.", operation, dtype);
    return of(operation, dtype, this, other);
  }

  private Lane compared(LaneOp operation, Lane other) {
    same(operation, other);
    return of(operation, DType.BOOL, this, other);
  }

  private Lane logical(LaneOp operation, Lane other) {
    mask(operation);
    other.mask(operation);
    return of(operation, DType.BOOL, this, other);
  }

  private void same(LaneOp operation, Lane other) {
    Preconditions.checkArgument(
        dtype == other.dtype,
        "%s needs two lanes of one type, got %s and %s; cast one of them.",
        operation,
        dtype,
        other.dtype);
  }

  private void mask(LaneOp operation) {
    Preconditions.checkArgument(dtype == DType.BOOL, "%s needs masks, got %s.", operation, dtype);
  }

  /** {@code this + other}. */
  public Lane plus(Lane other) {
    return numeric(LaneOp.ADD, other);
  }

  /** {@code this + other}. */
  public Lane plus(double other) {
    return plus(constant(other));
  }

  /** {@code this − other}. */
  public Lane minus(Lane other) {
    return numeric(LaneOp.SUBTRACT, other);
  }

  /** {@code this − other}. */
  public Lane minus(double other) {
    return minus(constant(other));
  }

  /** {@code this · other}. */
  public Lane times(Lane other) {
    return numeric(LaneOp.MULTIPLY, other);
  }

  /** {@code this · other}. */
  public Lane times(double other) {
    return times(constant(other));
  }

  /** {@code this / other}. */
  public Lane over(Lane other) {
    return floating(LaneOp.DIVIDE, other);
  }

  /** {@code this / other}. */
  public Lane over(double other) {
    return over(constant(other));
  }

  /** {@code 1 / this}. */
  public Lane reciprocal() {
    return constant(1).over(this);
  }

  /** {@code this · factor + term}, rounded once. */
  public Lane fma(Lane factor, Lane term) {
    same(LaneOp.FMA, factor);
    same(LaneOp.FMA, term);
    Preconditions.checkArgument(
        dtype.isFloat(), "%s needs f64 or f32 lanes, got %s.", LaneOp.FMA, dtype);
    return of(LaneOp.FMA, dtype, this, factor, term);
  }

  /** {@code −this}. */
  public Lane negate() {
    return numeric(LaneOp.NEGATE);
  }

  /** {@code |this|}. */
  public Lane abs() {
    return numeric(LaneOp.ABS);
  }

  /** The smaller of the two; NaN if either is. */
  public Lane minimum(Lane other) {
    return numeric(LaneOp.MINIMUM, other);
  }

  /** The larger of the two; NaN if either is. */
  public Lane maximum(Lane other) {
    return numeric(LaneOp.MAXIMUM, other);
  }

  /** The square root. */
  public Lane sqrt() {
    return floating(LaneOp.SQRT);
  }

  /** {@code e^this}. */
  public Lane exp() {
    return floating(LaneOp.EXP);
  }

  /** The natural logarithm. */
  public Lane log() {
    return floating(LaneOp.LOG);
  }

  /** {@code ln(1 + this)}. */
  public Lane log1p() {
    return floating(LaneOp.LOG1P);
  }

  /** {@code e^this − 1}. */
  public Lane expm1() {
    return floating(LaneOp.EXPM1);
  }

  /** The sine. */
  public Lane sin() {
    return floating(LaneOp.SIN);
  }

  /** The cosine. */
  public Lane cos() {
    return floating(LaneOp.COS);
  }

  /** The hyperbolic tangent. */
  public Lane tanh() {
    return floating(LaneOp.TANH);
  }

  /** The error function. */
  public Lane erf() {
    return floating(LaneOp.ERF);
  }

  /** {@code this^exponent}. */
  public Lane pow(Lane exponent) {
    return floating(LaneOp.POW, exponent);
  }

  /** The largest whole number not above. */
  public Lane floor() {
    return floating(LaneOp.FLOOR);
  }

  /** The nearest whole number; of two equally near ones the even one. */
  public Lane round() {
    return floating(LaneOp.ROUND);
  }

  /** {@code this · 2^power} for a whole power of the same type; see {@link LaneOp#SCALE}. */
  public Lane scale(Lane power) {
    return floating(LaneOp.SCALE, power);
  }

  /** The whole e with {@code 2^e ≤ |this| < 2^(e+1)}; see {@link LaneOp#EXPONENT}. */
  public Lane exponent() {
    return floating(LaneOp.EXPONENT);
  }

  /** {@code this < other}. */
  public Lane less(Lane other) {
    return compared(LaneOp.LESS, other);
  }

  /** {@code this < other}. */
  public Lane less(double other) {
    return less(constant(other));
  }

  /** {@code this ≤ other}. */
  public Lane lessEqual(Lane other) {
    return compared(LaneOp.LESS_EQUAL, other);
  }

  /** {@code this > other}. */
  public Lane greater(Lane other) {
    return other.less(this);
  }

  /** {@code this > other}. */
  public Lane greater(double other) {
    return greater(constant(other));
  }

  /** {@code this ≥ other}. */
  public Lane greaterEqual(Lane other) {
    return other.lessEqual(this);
  }

  /** {@code this = other}. */
  public Lane equal(Lane other) {
    return compared(LaneOp.EQUAL, other);
  }

  /** {@code this = other}. */
  public Lane equal(double other) {
    return equal(constant(other));
  }

  /** Both masks. */
  public Lane and(Lane other) {
    return logical(LaneOp.AND, other);
  }

  /** Either mask. */
  public Lane or(Lane other) {
    return logical(LaneOp.OR, other);
  }

  /** The mask negated. */
  public Lane not() {
    mask(LaneOp.NOT);
    return of(LaneOp.NOT, DType.BOOL, this);
  }

  /** Where this mask holds {@code yes}, elsewhere {@code no}. */
  public Lane select(Lane yes, Lane no) {
    mask(LaneOp.SELECT);
    yes.same(LaneOp.SELECT, no);
    return of(LaneOp.SELECT, yes.dtype, this, yes, no);
  }

  /** This lane converted to another type. */
  public Lane cast(DType target) {
    return target == dtype ? this : of(LaneOp.CAST, target, this);
  }

  /** Whether this is not a number. */
  public Lane isNaN() {
    return of(LaneOp.IS_NAN, DType.BOOL, this);
  }
}
