package io.deltagraph.graph;

/** The words of the lane language. The list is closed: every backend knows all of them. */
public enum LaneOp {
  /** The lane of an input. */
  INPUT(0),
  /** The same number in every lane. */
  CONSTANT(0),
  /** {@code a + b}. */
  ADD(2),
  /** {@code a − b}. */
  SUBTRACT(2),
  /** {@code a · b}. */
  MULTIPLY(2),
  /** {@code a / b}. */
  DIVIDE(2),
  /** {@code −a}. */
  NEGATE(1),
  /** {@code |a|}. */
  ABS(1),
  /** The smaller; NaN if either is. */
  MINIMUM(2),
  /** The larger; NaN if either is. */
  MAXIMUM(2),
  /** {@code a · b + c}, rounded once. */
  FMA(3),
  /** The square root. */
  SQRT(1),
  /** {@code e^a}. */
  EXP(1),
  /** The natural logarithm. */
  LOG(1),
  /** {@code ln(1 + a)}, exact near 0. */
  LOG1P(1),
  /** {@code e^a − 1}, exact near 0. */
  EXPM1(1),
  /** The sine. */
  SIN(1),
  /** The cosine. */
  COS(1),
  /** The hyperbolic tangent. */
  TANH(1),
  /** The error function. */
  ERF(1),
  /** {@code a^b}, as {@link Math#pow}. */
  POW(2),
  /** The largest whole number not above. */
  FLOOR(1),
  /** The nearest whole number; of two equally near ones the even one. */
  ROUND(1),
  /**
   * {@code a · 2^b} with b whole and at most 252 (f32) or 2,044 (f64) in size: a times {@code 2^h}
   * times {@code 2^(b − h)} with {@code h = ⌊b/2⌋}, so rounded once unless {@code a · 2^h} is
   * subnormal.
   */
  SCALE(2),
  /**
   * The whole e with {@code 2^e ≤ |a| < 2^(e+1)}; one above the largest exponent (128 or 1,024) for
   * infinities and NaN, one below the smallest (−150 or −1,075) for 0.
   */
  EXPONENT(1),
  /** {@code a < b}. */
  LESS(2),
  /** {@code a ≤ b}. */
  LESS_EQUAL(2),
  /** {@code a = b}. */
  EQUAL(2),
  /** Both masks. */
  AND(2),
  /** Either mask. */
  OR(2),
  /** The mask negated. */
  NOT(1),
  /** {@code a ? b : c}; the branch not taken has no influence, whatever it holds. */
  SELECT(3),
  /** Another element type. */
  CAST(1),
  /** Whether {@code a} is not a number. */
  IS_NAN(1);

  private final int arity;

  LaneOp(int arity) {
    this.arity = arity;
  }

  /** The number of arguments. */
  public int arity() {
    return arity;
  }
}
