package io.deltagraph.plan;

import com.google.common.primitives.ImmutableDoubleArray;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.type.DType;

/**
 * The elementary functions as expressions of primitive words in the type of their argument, so that
 * every backend that rounds these alike gives the same bits. There are no branches but selections,
 * and a selection's other side has no influence.
 *
 * <p>The polynomials are minimax approximations (Remez' exchange in 60 digits), then rounded to the
 * type. Their errors, rounding of the coefficients included, are below 2 to the power of
 *
 * <ul>
 *   <li>{@code (e^r − 1 − r) / r²} on |r| ≤ ½ ln 2, relative to {@code (e^r − 1) / r²}: −25.8 (f32,
 *       degree 4), −54.4 (f64, degree 9);
 *   <li>{@code (2 artanh s − 2 s) / s³} in s² on 0 to 0.0295, relative to {@code 2 artanh(s) / s³}:
 *       −30.0 (f32, degree 2), −58.9 (f64, degree 6);
 *   <li>{@code (tanh(x) − x) / x³} in x² for |x| ≤ 0.55, relative to {@code tanh(x) / x³}: −27.8
 *       (f32, degree 4), −55.1 (f64, degree 9);
 *   <li>{@code erf(x) / x − 1} in x² for |x| ≤ 0.95 (f32, degree 6) or 1.02 (f64, degree 11),
 *       relative to {@code erf(x) / x}: −29.4 and −55.6;
 *   <li>{@code ln(1 − erf x)} on 0.92 to 4 (f32, degree 7) or 1 to 6 (f64, degree 17), times {@code
 *       (1 − erf x) / erf x}: −27.4 and −56.6.
 * </ul>
 */
public final class LaneMath {
  /**
   * What depends on the type.
   *
   * @param lowest where e^x has become 0
   * @param highest where e^x has become infinite
   * @param whole a number so large that adding it rounds to a whole number
   * @param ln2High the leading digits of ln 2, so few that products with exponents are exact
   * @param ln2Low the digits that follow
   * @param tiny below this e^x − 1 and ln(1 + x) are x
   * @param tanhSplit where tanh is no longer a polynomial
   * @param tanhOne from here on tanh x is 1
   * @param erfSplit where the second approximation of erf takes over
   * @param erfOne from here on erf x is 1
   */
  private record Type(
      double lowest,
      double highest,
      double whole,
      double ln2High,
      double ln2Low,
      double tiny,
      double tanhSplit,
      double tanhOne,
      double erfSplit,
      double erfOne,
      ImmutableDoubleArray exponential,
      ImmutableDoubleArray logarithm,
      ImmutableDoubleArray tanh,
      ImmutableDoubleArray erf,
      ImmutableDoubleArray erfComplement) {}

  private static final Type F32 =
      new Type(
          -104,
          89,
          0x1.8p23,
          0x1.62e4p-1,
          0x1.7f7d1cp-20,
          0x1p-28,
          0.55,
          10,
          0.921875,
          4,
          ImmutableDoubleArray.of(
              0x1.fffffep-2, 0x1.5554bp-3, 0x1.555678p-5, 0x1.122768p-7, 0x1.6be83ep-10),
          ImmutableDoubleArray.of(0x1.55557ap-1, 0x1.995ea4p-2, 0x1.31e5e6p-2),
          ImmutableDoubleArray.of(
              -0x1.55554ap-2, 0x1.110d26p-3, -0x1.b92884p-5, 0x1.593d3ep-6, -0x1.9b3112p-8),
          ImmutableDoubleArray.of(
              0x1.06eba8p-3,
              -0x1.812742p-2,
              0x1.ce2dccp-4,
              -0x1.b80962p-6,
              0x1.54966cp-8,
              -0x1.a88da2p-11,
              0x1.574eb2p-14),
          ImmutableDoubleArray.of(
              0x1.6e58fep-13,
              -0x1.2127e4p0,
              -0x1.44460ap-1,
              -0x1.bb83f4p-4,
              0x1.9b8ea4p-6,
              -0x1.115b06p-8,
              0x1.c791dep-12,
              -0x1.61eb8ep-16));

  private static final Type F64 =
      new Type(
          -746,
          710,
          0x1.8p52,
          0x1.62e42fefa4p-1,
          -0x1.8432a1b0e2634p-43,
          0x1p-60,
          0.55,
          20,
          1,
          6,
          ImmutableDoubleArray.of(
              0x1.0000000000003p-1,
              0x1.555555555553bp-3,
              0x1.55555555528b8p-5,
              0x1.1111111118d6fp-7,
              0x1.6c16c17db0931p-10,
              0x1.a01a0174c4486p-13,
              0x1.a019aa506ad1dp-16,
              0x1.71de8a9d65397p-19,
              0x1.289f6c7a83a7ep-22,
              0x1.ae6525b1f609ep-26),
          ImmutableDoubleArray.of(
              0x1.5555555555593p-1,
              0x1.999999997fbc4p-2,
              0x1.24924942123d1p-2,
              0x1.c71c51ea265e8p-3,
              0x1.7466462808061p-3,
              0x1.39a0eb1a2a866p-3,
              0x1.2f0e52fd114bdp-3),
          ImmutableDoubleArray.of(
              -0x1.555555555549ep-2,
              0x1.111111110297bp-3,
              -0x1.ba1ba1ad70968p-5,
              0x1.664f45c28c5eep-6,
              -0x1.226ddd3d8b632p-7,
              0x1.d6c61c35e0449p-9,
              -0x1.7cf3adead4924p-10,
              0x1.2fa2293d2447ep-11,
              -0x1.b90741c6186bep-13,
              0x1.abfa3772870fap-15),
          ImmutableDoubleArray.of(
              0x1.06eba8214db68p-3,
              -0x1.812746b0379a7p-2,
              0x1.ce2f21a03fed6p-4,
              -0x1.b82ce311c0dbep-6,
              0x1.565bccf1b2a2ap-8,
              -0x1.c02daf1dcb85fp-11,
              0x1.f9a29fae9d5b8p-14,
              -0x1.f4c8aef5fe648p-17,
              0x1.b96fe1b60363cp-20,
              -0x1.5ba5d0bb0bd5p-23,
              0x1.d47ca9954b9b5p-27,
              -0x1.a3e784cd4de2bp-31),
          ImmutableDoubleArray.of(
              -0x1.0df7f8d7b741ep-21,
              -0x1.20dd1fd3b175fp0,
              -0x1.45f6275629558p-1,
              -0x1.a4ac5c6439028p-4,
              0x1.37229363d135fp-6,
              0x1.ae93d203cdfe3p-12,
              -0x1.f641004876c27p-10,
              0x1.940a65e1cabd1p-11,
              -0x1.1b39dbfeeac02p-13,
              -0x1.53fed8d87262bp-16,
              0x1.7ee34882e723cp-16,
              -0x1.22d08bb77ca3dp-17,
              0x1.1ea35c97b0fe7p-19,
              -0x1.90d18d5666cd3p-22,
              0x1.8ec1490d4f109p-25,
              -0x1.0e593d65ff1b2p-28,
              0x1.c1ab5623959bep-33,
              -0x1.5accf71989cf8p-38));

  /** log₂ e. */
  private static final double LOG_OF_E = 0x1.71547652b82fep0;

  private final Lane x;
  private final Type type;

  private LaneMath(Lane x) {
    this.x = x;
    this.type = x.dtype() == DType.F32 ? F32 : F64;
  }

  /** The expression of primitive words that stands for a lane; the lane itself for other words. */
  public static Lane expand(Lane lane) {
    return switch (lane.op()) {
      case EXP -> new LaneMath(lane.arguments().get(0)).exp();
      case LOG -> new LaneMath(lane.arguments().get(0)).log();
      case LOG1P -> new LaneMath(lane.arguments().get(0)).log1p();
      case EXPM1 -> new LaneMath(lane.arguments().get(0)).expm1();
      case TANH -> new LaneMath(lane.arguments().get(0)).tanh();
      case ERF -> new LaneMath(lane.arguments().get(0)).erf();
      case ABS -> absolute(lane);
      case INPUT,
          CONSTANT,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          NEGATE,
          MINIMUM,
          MAXIMUM,
          FMA,
          SQRT,
          SIN,
          COS,
          POW,
          FLOOR,
          ROUND,
          SCALE,
          EXPONENT,
          LESS,
          LESS_EQUAL,
          EQUAL,
          AND,
          OR,
          NOT,
          SELECT,
          CAST,
          IS_NAN ->
          lane;
    };
  }

  /** {@code |−a|} is {@code |a|}, so that what follows is computed once for both signs. */
  private static Lane absolute(Lane lane) {
    Lane a = lane.arguments().get(0);
    while (a.op() == LaneOp.NEGATE) {
      a = a.arguments().get(0);
    }
    return a.equals(lane.arguments().get(0)) ? lane : a.abs();
  }

  /** {@code a = n ln 2 + r} with a whole n and |r| ≤ ½ ln 2 (Cody and Waite 1980, chapter 6). */
  private record Reduced(Lane n, Lane r) {}

  private Reduced reduced(Lane a) {
    Lane n = a.fma(x.constant(LOG_OF_E), x.constant(type.whole())).minus(type.whole());
    Lane high = n.fma(x.constant(-type.ln2High()), a);
    return new Reduced(n, n.fma(x.constant(-type.ln2Low()), high));
  }

  /** By Horner's rule. */
  private Lane polynomial(ImmutableDoubleArray coefficients, Lane at) {
    int last = coefficients.length() - 1;
    Lane sum = x.constant(coefficients.get(last));
    for (int i = last - 1; i >= 0; i--) {
      sum = sum.fma(at, x.constant(coefficients.get(i)));
    }
    return sum;
  }

  private Lane clamped() {
    return x.maximum(x.constant(type.lowest())).minimum(x.constant(type.highest()));
  }

  private Lane exp() {
    return power(clamped());
  }

  /** {@code e^a} for an a between the bounds. */
  private Lane power(Lane a) {
    Reduced to = reduced(a);
    Lane one = x.constant(1);
    Lane fraction = polynomial(type.exponential(), to.r());
    return fraction.fma(to.r(), one).fma(to.r(), one).scale(to.n());
  }

  /**
   * {@code size · (e^a − 1)}, as {@code size 2^n (e^r − 1) + (size 2^n − size)} of which the last
   * term is exact where it matters.
   */
  private Lane powerMinusOne(Lane a, double size) {
    Reduced to = reduced(a);
    Lane small = to.r().times(to.r()).fma(polynomial(type.exponential(), to.r()), to.r());
    Lane scale = x.constant(size).scale(to.n());
    return scale.fma(small, scale.minus(size));
  }

  /** By half the result, since 2^n may overflow where the result does not. */
  private Lane expm1() {
    return x.abs().less(type.tiny()).select(x, powerMinusOne(clamped(), 0.5).times(2));
  }

  /**
   * {@code x (1 + x² P(x²))} up to the split, from there on {@code (e^2|x| − 1) / (e^2|x| + 1)}.
   */
  private Lane tanh() {
    Lane a = x.abs();
    Lane square = x.times(x);
    Lane near = x.times(square.fma(polynomial(type.tanh(), square), x.constant(1)));
    Lane power = powerMinusOne(a.minimum(x.constant(type.tanhOne())).times(2), 1);
    return a.less(type.tanhSplit()).select(near, signed(power.over(power.plus(2))));
  }

  private Lane signed(Lane size) {
    return x.less(0).select(size.negate(), size);
  }

  /** {@code x = 2^e (1 + f)} with 1 + f between √½ and √2, almost. */
  private Lane log() {
    Lane e = x.times(Math.sqrt(2)).exponent();
    return logarithm(x, x.scale(e.negate()).minus(1), e);
  }

  /** {@code 1 + x = 2^e (1 + f)}, where f takes x itself and not the rounded 1 + x. */
  private Lane log1p() {
    Lane sum = x.plus(1);
    Lane e = sum.times(Math.sqrt(2)).exponent();
    Lane scale = x.constant(1).scale(e.negate());
    Lane f = x.fma(scale, scale.minus(1));
    return x.abs().less(type.tiny()).select(x, logarithm(sum, f, e));
  }

  /**
   * {@code e ln 2 + ln(1 + f)} for the logarithm of {@code of}. With {@code s = f / (2 + f)} it is
   * {@code ln(1 + f) = 2 artanh s = f − ½ f² + s (½ f² + R)}, R being of the size of s².
   */
  private Lane logarithm(Lane of, Lane f, Lane e) {
    Lane s = f.over(f.plus(2));
    Lane square = s.times(s);
    Lane rest = square.times(polynomial(type.logarithm(), square));
    Lane half = f.times(-0.5).times(f);
    Lane small = e.fma(x.constant(type.ln2Low()), s.fma(rest.minus(half), half));
    Lane result = e.fma(x.constant(type.ln2High()), f.plus(small));
    Lane infinity = x.constant(Double.POSITIVE_INFINITY);
    Lane notPositive = of.equal(0).select(infinity.negate(), x.constant(Double.NaN));
    return of.greater(0).select(of.less(infinity).select(result, of), notPositive);
  }

  /** {@code x + x P(x²)} up to the split, from there on {@code 1 − e^Q(|x|)}. */
  private Lane erf() {
    Lane a = x.abs();
    Lane near = x.fma(polynomial(type.erf(), x.times(x)), x);
    Lane capped = a.minimum(x.constant(type.erfOne()));
    Lane far = x.constant(1).minus(power(polynomial(type.erfComplement(), capped)));
    return a.less(type.erfSplit()).select(near, signed(far));
  }
}
