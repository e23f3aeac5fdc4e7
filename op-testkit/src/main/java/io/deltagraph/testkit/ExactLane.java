package io.deltagraph.testkit;

import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.graph.Lanes;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Lane expressions computed in exact numbers with their slopes: what the rounded form ought to
 * give, in whatever order its author wrote it. At a kink the slopes are those on which both sides
 * agree. Masks are 1 and 0.
 */
final class ExactLane {
  private static final Exact TWO_OVER_ROOT_PI = Exact.TWO.over(Exact.pi().sqrt());

  private final List<Varied> inputs;
  private final IdentityHashMap<Lane, Varied> known = new IdentityHashMap<>();

  /** Expressions of some inputs. */
  ExactLane(List<Varied> inputs) {
    this.inputs = inputs;
  }

  /** The numbers of several lanes. */
  List<Varied> of(Lanes lanes) {
    return lanes.all().stream().map(this::of).toList();
  }

  /** The number; lane expressions are shallow by their nature, so recursion is safe. */
  Varied of(Lane lane) {
    Varied result = known.get(lane);
    if (result == null) {
      List<Varied> arguments = lane.arguments().stream().map(this::of).toList();
      result = lane.op() == LaneOp.INPUT ? inputs.get(lane.input()) : compute(lane, arguments);
      known.put(lane, result);
    }
    return result;
  }

  private Varied compute(Lane lane, List<Varied> of) {
    return switch (lane.op().arity()) {
      case 0 -> Varied.of(lane.value());
      case 1 ->
          lane.op() == LaneOp.CAST ? cast(lane, of.getFirst()) : unary(lane.op(), of.getFirst());
      case 2 -> binary(lane.op(), of.get(0), of.get(1));
      default ->
          lane.op() == LaneOp.SELECT
              ? selected(of.get(0), of.get(1), of.get(2))
              : product(of.get(0), of.get(1)).with(of.get(2), Exact::plus);
    };
  }

  private Varied unary(LaneOp op, Varied a) {
    Exact x = a.value();
    return switch (op) {
      case NEGATE -> a.linear(Exact::negate);
      case ABS -> absolute(a);
      case SQRT -> a.map(x.sqrt(), Exact.ONE.over(x.sqrt().times(Exact.TWO)));
      case EXP -> a.map(x.exp(), x.exp());
      case LOG -> a.map(x.log(), Exact.ONE.over(x));
      case LOG1P -> a.map(x.log1p(), Exact.ONE.over(x.plus(Exact.ONE)));
      case EXPM1 -> a.map(x.expm1(), x.exp());
      case SIN -> a.map(x.sin(), x.cos());
      case COS -> a.map(x.cos(), x.sin().negate());
      case TANH -> a.map(x.tanh(), tanhSlope(x));
      case ERF -> a.map(x.erf(), x.times(x).negate().exp().times(TWO_OVER_ROOT_PI));
      case FLOOR -> Varied.of(x.floor());
      case ROUND -> Varied.of(x.round());
      case EXPONENT -> Varied.of(x.exponent());
      case NOT -> Varied.of(Exact.ONE.minus(x));
      case IS_NAN -> Varied.of(x.isUnknown() ? x : Exact.ZERO);
      case INPUT,
          CONSTANT,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MINIMUM,
          MAXIMUM,
          FMA,
          POW,
          SCALE,
          LESS,
          LESS_EQUAL,
          EQUAL,
          AND,
          OR,
          SELECT,
          CAST ->
          throw new IllegalStateException(op.toString());
    };
  }

  private Varied binary(LaneOp op, Varied a, Varied b) {
    Exact x = a.value();
    Exact y = b.value();
    return switch (op) {
      case ADD -> a.with(b, Exact::plus);
      case SUBTRACT -> a.with(b, Exact::minus);
      case MULTIPLY -> product(a, b);
      case DIVIDE -> a.over(b);
      case SCALE -> product(a, Varied.of(Exact.TWO.pow(y)));
      case POW -> power(a, b);
      case MINIMUM -> chosen(a, b, y.compareTo(x));
      case MAXIMUM -> chosen(a, b, x.compareTo(y));
      case LESS -> mask(a, b, x.compareTo(y) < 0);
      case LESS_EQUAL -> mask(a, b, x.compareTo(y) <= 0);
      case EQUAL -> mask(a, b, x.compareTo(y) == 0);
      case AND -> a.with(b, x.times(y), Exact.ZERO, Exact.ZERO);
      case OR -> Varied.of(x.plus(y).sign() > 0);
      case INPUT,
          CONSTANT,
          NEGATE,
          ABS,
          FMA,
          SQRT,
          EXP,
          LOG,
          LOG1P,
          EXPM1,
          SIN,
          COS,
          TANH,
          ERF,
          FLOOR,
          ROUND,
          EXPONENT,
          NOT,
          SELECT,
          CAST,
          IS_NAN ->
          throw new IllegalStateException(op.toString());
    };
  }

  private static Varied absolute(Varied a) {
    Varied negative = a.linear(Exact::negate);
    return a.value().isZero() ? a.agreed(negative) : a.value().sign() < 0 ? negative : a;
  }

  static Varied product(Varied a, Varied b) {
    return a.with(b, a.value().times(b.value()), b.value(), a.value());
  }

  /** {@code b a^b / a} by the base, {@code a^b ln a} by the exponent. */
  private static Varied power(Varied a, Varied b) {
    Exact x = a.value();
    Exact p = b.value();
    Exact result = x.pow(p);
    Exact byBase = a.isConstant() || p.isZero() ? Exact.ZERO : p.times(result).over(x);
    Exact byExponent = b.isConstant() ? Exact.ZERO : result.times(x.log());
    return a.with(b, result, byBase, byExponent);
  }

  /** {@code 4 p / (1 + p)²} with {@code p = e^−2|x|}: 1 − tanh² has no digits far out. */
  private static Exact tanhSlope(Exact x) {
    Exact power = x.abs().times(Exact.TWO).negate().exp();
    Exact sum = power.plus(Exact.ONE);
    return power.times(Exact.of(4)).over(sum).over(sum);
  }

  /** The first of two numbers if {@code order} is above 0; of equal ones, what both agree on. */
  private static Varied chosen(Varied a, Varied b, int order) {
    if (a.value().isUnknown() || b.value().isUnknown()) {
      return Varied.UNKNOWN;
    }
    return order == 0 ? a.agreed(b) : order > 0 ? a : b;
  }

  /** A comparison of equals is a step, where neither side is sure. */
  private static Varied mask(Varied a, Varied b, boolean holds) {
    boolean step = a.value().compareTo(b.value()) == 0 && !(a.isConstant() && b.isConstant());
    return step || a.value().isUnknown() || b.value().isUnknown()
        ? Varied.UNKNOWN
        : Varied.of(holds);
  }

  private static Varied selected(Varied mask, Varied yes, Varied no) {
    return mask.value().isUnknown() ? yes.agreed(no) : mask.value().isZero() ? no : yes;
  }

  /** Between floats nothing is rounded; to whole numbers and masks as the engine does. */
  private static Varied cast(Lane lane, Varied a) {
    Exact x = a.value();
    return switch (lane.dtype()) {
      case F64, F32 -> a;
      case I64, I32 -> Varied.of(lane.dtype().round(x.toDouble()));
      case BOOL -> x.isUnknown() ? Varied.UNKNOWN : Varied.of(!x.isZero());
    };
  }
}
