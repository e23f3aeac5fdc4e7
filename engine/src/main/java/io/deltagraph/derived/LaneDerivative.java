package io.deltagraph.derived;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.InputTypes;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.LaneOp;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.Pointwise;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The partial derivatives of one lane expression, written as graph nodes. A branch contributes its
 * derivative through {@code where}, so that what the other branch holds, be it infinite or not a
 * number, has no influence. At a kink {@code |x|} reports 0 and {@code max(x, x)} half each.
 */
public final class LaneDerivative {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  private final Adjoint<Record> at;
  private final List<Lane> ordered = new ArrayList<>();
  private final Map<Lane, Value> values = new HashMap<>();

  private LaneDerivative(Adjoint<Record> at, Lane output) {
    this.at = at;
    order(output);
  }

  /** Of an op's lane expression, at a node whose inputs are of those types. */
  public static LaneDerivative of(Pointwise<Record> op, Adjoint<Record> at, InputTypes types) {
    return new LaneDerivative(at, op.forward(at.attributes(), Lanes.of(types)));
  }

  /** Arguments before users; lane expressions are shallow by their nature, so recursion is safe. */
  private void order(Lane lane) {
    if (!ordered.contains(lane)) {
      lane.arguments().forEach(this::order);
      ordered.add(lane);
    }
  }

  /** One cotangent per input. */
  public List<Cotangent> cotangents() {
    List<Cotangent> result = new ArrayList<>();
    for (int i = 0; i < at.inputs().size(); i++) {
      Value partial = at.input(i).dtype().isFloat() ? partial(i) : null;
      result.add(partial == null ? none() : Cotangent.flow(times(at.gradient(), partial)));
    }
    return result;
  }

  private Cotangent none() {
    return kinks().isEmpty()
        ? Cotangent.zero()
        : Cotangent.flat(
            "it is constant on each side of its steps, so its derivative is zero almost everywhere");
  }

  /** What the comparisons and kinks of the expression depend on. */
  public List<Value> kinks() {
    List<Value> result = new ArrayList<>();
    for (Lane lane : ordered) {
      switch (lane.op()) {
        case ABS -> result.add(value(argument(lane, 0)));
        case FLOOR -> result.add(value(argument(lane, 0)).times(Math.PI).sin());
        case ROUND -> result.add(value(argument(lane, 0)).times(Math.PI).cos());
        case EXPONENT -> result.add(logarithmToBaseTwo(lane).times(Math.PI).sin());
        case MINIMUM, MAXIMUM, LESS, LESS_EQUAL, EQUAL -> {
          if (argument(lane, 0).dtype().isFloat()) {
            result.add(value(argument(lane, 0)).minus(value(argument(lane, 1))));
          }
        }
        case INPUT,
            CONSTANT,
            ADD,
            SUBTRACT,
            MULTIPLY,
            DIVIDE,
            NEGATE,
            FMA,
            SCALE,
            SQRT,
            EXP,
            LOG,
            LOG1P,
            EXPM1,
            SIN,
            COS,
            TANH,
            ERF,
            POW,
            AND,
            OR,
            NOT,
            SELECT,
            CAST,
            IS_NAN -> {}
      }
    }
    return result;
  }

  /** ∂output/∂input as a value that broadcasts to the output, or null where it is zero. */
  private @Nullable Value partial(int input) {
    Map<Lane, Value> tangents = new HashMap<>();
    for (Lane lane : ordered) {
      Value tangent = lane.dtype().isFloat() ? tangent(lane, input, tangents) : null;
      if (tangent != null) {
        tangents.put(lane, tangent);
      }
    }
    return tangents.get(ordered.getLast());
  }

  private @Nullable Value tangent(Lane lane, int input, Map<Lane, Value> tangents) {
    Value da = lane.arguments().isEmpty() ? null : tangents.get(argument(lane, 0));
    Value db = lane.arguments().size() < 2 ? null : tangents.get(argument(lane, 1));
    if (lane.op() == LaneOp.INPUT) {
      return lane.input() == input ? at.input(input).constant(1) : null;
    }
    if (lane.op() == LaneOp.SELECT) {
      return select(lane, db, tangents.get(argument(lane, 2)));
    }
    if (lane.op() == LaneOp.FMA) {
      Value product = sum(scaled(da, second(lane)), scaled(db, first(lane)));
      return sum(product, tangents.get(argument(lane, 2)));
    }
    return da == null && db == null ? null : chained(lane, da, db);
  }

  /** The chain rule for an operation of which at least one argument has a tangent. */
  private @Nullable Value chained(Lane lane, @Nullable Value da, @Nullable Value db) {
    return switch (lane.op()) {
      case ADD -> sum(da, db);
      case SUBTRACT -> sum(da, db == null ? null : db.negate());
      case MULTIPLY -> sum(scaled(da, second(lane)), scaled(db, first(lane)));
      case DIVIDE -> sum(da == null ? null : da.over(second(lane)), divisor(lane, db));
      case MINIMUM -> byComparison(lane, orZero(lane, da), orZero(lane, db));
      case MAXIMUM -> byComparison(lane, orZero(lane, db), orZero(lane, da));
      case POW -> sum(base(lane, da), exponent(lane, db));
      case SCALE -> da == null ? null : da.times(powerOfTwo(second(lane)));
      case NEGATE, ABS, SQRT, EXP, LOG, LOG1P, EXPM1, SIN, COS, TANH, ERF, CAST ->
          da == null ? null : chained(lane, da);
      case INPUT,
          CONSTANT,
          SELECT,
          FMA,
          FLOOR,
          ROUND,
          EXPONENT,
          LESS,
          LESS_EQUAL,
          EQUAL,
          AND,
          OR,
          NOT,
          IS_NAN ->
          null;
    };
  }

  private @Nullable Value chained(Lane lane, Value da) {
    return switch (lane.op()) {
      case NEGATE -> da.negate();
      case ABS -> {
        Value zero = zero(lane);
        Value negative = first(lane).less(zero).where(da.negate(), zero);
        yield first(lane).greater(zero).where(da, negative);
      }
      case SQRT -> da.over(value(lane).times(2));
      case EXP -> times(da, value(lane));
      case LOG -> da.over(first(lane));
      case LOG1P -> da.over(first(lane).plus(1));
      case EXPM1 -> times(da, value(lane).plus(1));
      case SIN -> times(da, first(lane).cos());
      case COS -> times(da, first(lane).sin()).negate();
      case TANH -> times(da, value(lane).square().oneMinus());
      case ERF -> times(da, first(lane).square().negate().exp().times(TWO_OVER_ROOT_PI));
      case CAST -> da.cast(lane.dtype());
      case INPUT,
          CONSTANT,
          SELECT,
          FMA,
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
          IS_NAN,
          ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          MINIMUM,
          MAXIMUM,
          POW ->
          null;
    };
  }

  private @Nullable Value divisor(Lane lane, @Nullable Value db) {
    return db == null ? null : times(db, value(lane)).over(second(lane)).negate();
  }

  private @Nullable Value base(Lane lane, @Nullable Value da) {
    Value exponent = second(lane);
    return scaled(da, exponent.times(first(lane).pow(exponent.minus(1))));
  }

  /** {@code a^b ln a}, and 0 where a is not positive. */
  private @Nullable Value exponent(Lane lane, @Nullable Value db) {
    if (db == null) {
      return null;
    }
    Value positive = first(lane).greater(zero(lane));
    Value logarithm = positive.where(first(lane), first(lane).constant(1)).log();
    return positive.where(times(db, value(lane).times(logarithm)), zero(lane));
  }

  /** The side that is taken; equal sides give half each. */
  private Value byComparison(Lane lane, Value whenLess, Value otherwise) {
    Value half = whenLess.plus(otherwise).times(0.5);
    Value greater = first(lane).equal(second(lane)).where(half, otherwise);
    return first(lane).less(second(lane)).where(whenLess, greater);
  }

  private @Nullable Value select(Lane lane, @Nullable Value yes, @Nullable Value no) {
    return yes == null && no == null
        ? null
        : first(lane).where(orZero(lane, yes), orZero(lane, no));
  }

  private Value orZero(Lane lane, @Nullable Value tangent) {
    return tangent == null ? zero(lane) : tangent;
  }

  private static @Nullable Value sum(@Nullable Value a, @Nullable Value b) {
    return a == null || b == null ? (a == null ? b : a) : a.plus(b);
  }

  private static @Nullable Value scaled(@Nullable Value tangent, Value factor) {
    return tangent == null ? null : times(tangent, factor);
  }

  /** A product, without the factor 1 that every tangent starts as. */
  private static Value times(Value a, Value b) {
    return a.equals(a.constant(1)) ? b : b.equals(b.constant(1)) ? a : a.times(b);
  }

  private static Value powerOfTwo(Value power) {
    return power.constant(2).pow(power);
  }

  /** The whole number below or the one above; halfway the even one of them. */
  private static Value rounded(Value a) {
    Value below = a.floor();
    Value rest = a.minus(below);
    Value half = a.constant(0.5);
    Value even = below.plus(1).times(0.5).floor().times(2);
    return rest.less(half).where(below, rest.greater(half).where(below.plus(1), even));
  }

  private Value logarithmToBaseTwo(Lane lane) {
    return first(lane).abs().log().times(1 / Math.log(2));
  }

  /** The floor of the logarithm, put right where its rounding crossed a whole number. */
  private Value exponentOf(Lane lane) {
    Value size = first(lane).abs();
    Value guess = logarithmToBaseTwo(lane).floor();
    Value above = powerOfTwo(guess.plus(1)).lessEqual(size).where(guess.plus(1), guess);
    return powerOfTwo(guess).greater(size).where(guess.minus(1), above);
  }

  private static Lane argument(Lane lane, int index) {
    return lane.arguments().get(index);
  }

  private Value first(Lane lane) {
    return value(argument(lane, 0));
  }

  private Value second(Lane lane) {
    return value(argument(lane, 1));
  }

  private Value zero(Lane lane) {
    return value(lane).constant(0);
  }

  /** What a lane holds, as a graph node: the node's own output for the whole expression. */
  private Value value(Lane lane) {
    Value known = values.get(lane);
    if (known == null) {
      known = lane == ordered.getLast() ? at.output() : node(lane);
      values.put(lane, known);
    }
    return known;
  }

  private Value node(Lane lane) {
    return switch (lane.op()) {
      case INPUT -> at.input(lane.input());
      case CONSTANT ->
          at.output()
              .builder()
              .constant(Tensor.filled(TensorType.scalar(lane.dtype()), lane.value()));
      case ADD -> first(lane).plus(second(lane));
      case SUBTRACT -> first(lane).minus(second(lane));
      case MULTIPLY -> first(lane).times(second(lane));
      case DIVIDE -> first(lane).over(second(lane));
      case NEGATE -> first(lane).negate();
      case ABS -> first(lane).abs();
      case MINIMUM -> first(lane).minimum(second(lane));
      case MAXIMUM -> first(lane).maximum(second(lane));
      case SQRT -> first(lane).sqrt();
      case EXP -> first(lane).exp();
      case LOG -> first(lane).log();
      case LOG1P -> first(lane).log1p();
      case EXPM1 -> first(lane).expm1();
      case SIN -> first(lane).sin();
      case COS -> first(lane).cos();
      case TANH -> first(lane).tanh();
      case ERF -> first(lane).erf();
      case POW -> first(lane).pow(second(lane));
      case FMA -> first(lane).times(second(lane)).plus(value(argument(lane, 2)));
      case FLOOR -> first(lane).floor();
      case ROUND -> rounded(first(lane));
      case SCALE -> first(lane).times(powerOfTwo(second(lane)));
      case EXPONENT -> exponentOf(lane);
      case LESS -> first(lane).less(second(lane));
      case LESS_EQUAL -> first(lane).lessEqual(second(lane));
      case EQUAL -> first(lane).equal(second(lane));
      case AND -> first(lane).and(second(lane));
      case OR -> first(lane).or(second(lane));
      case NOT -> first(lane).not();
      case SELECT -> first(lane).where(second(lane), value(argument(lane, 2)));
      case CAST -> first(lane).cast(lane.dtype());
      case IS_NAN -> first(lane).isNaN();
    };
  }
}
