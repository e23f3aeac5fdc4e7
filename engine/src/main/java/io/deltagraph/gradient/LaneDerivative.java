package io.deltagraph.gradient;

import io.deltagraph.graph.Cotangent;
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
 * The reverse sweep over one lane expression, written as graph nodes. Branches are chosen by {@code
 * where}, never by multiplying with a mask, since {@code 0 · ∞} is not a number. At a kink: {@code
 * |x|} and {@code max(x, x)} report 0 and half each.
 */
final class LaneDerivative {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

  private final Node at;
  private final List<Lane> ordered = new ArrayList<>();
  private final Map<Lane, Value> values = new HashMap<>();
  private final Map<Lane, Value> cotangents = new HashMap<>();

  private LaneDerivative(Node at, Lane output) {
    this.at = at;
    order(output);
  }

  static LaneDerivative of(Pointwise<Record> op, Node at) {
    return new LaneDerivative(at, op.forward(at.attributes(), Lanes.of(at.apply().inputTypes())));
  }

  /** Arguments before users; lane expressions are shallow by their nature, so recursion is safe. */
  private void order(Lane lane) {
    if (!ordered.contains(lane)) {
      lane.arguments().forEach(this::order);
      ordered.add(lane);
    }
  }

  /** One cotangent per input. */
  List<Cotangent> cotangents() {
    cotangents.put(ordered.getLast(), at.gradient());
    List<@Nullable Value> totals = new ArrayList<>();
    at.inputs().forEach(input -> totals.add(null));
    for (Lane lane : ordered.reversed()) {
      Value gradient = cotangents.get(lane);
      if (gradient != null) {
        if (lane.op() == LaneOp.INPUT) {
          Value sofar = totals.get(lane.input());
          totals.set(lane.input(), sofar == null ? gradient : sofar.plus(gradient));
        } else {
          propagate(lane, gradient);
        }
      }
    }
    List<Cotangent> result = new ArrayList<>();
    totals.forEach(total -> result.add(total == null ? none() : Cotangent.flow(total)));
    return result;
  }

  private Cotangent none() {
    return switches().isEmpty()
        ? Cotangent.zero()
        : Cotangent.flat(
            "it is constant on each side of its steps, so its derivative is zero almost everywhere");
  }

  /** What the comparisons and kinks of the expression depend on. */
  List<Value> switches() {
    List<Value> result = new ArrayList<>();
    for (Lane lane : ordered) {
      switch (lane.op()) {
        case ABS -> result.add(value(argument(lane, 0)));
        case FLOOR -> result.add(value(argument(lane, 0)).times(Math.PI).sin());
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

  private void propagate(Lane lane, Value g) {
    switch (lane.op()) {
      case INPUT, CONSTANT, FLOOR, LESS, LESS_EQUAL, EQUAL, AND, OR, NOT, IS_NAN -> {}
      case ADD -> both(lane, g, g);
      case SUBTRACT -> both(lane, g, g.negate());
      case MULTIPLY -> both(lane, g.times(second(lane)), g.times(first(lane)));
      case DIVIDE -> divide(lane, g);
      case NEGATE -> add(lane, 0, g.negate());
      case ABS -> add(lane, 0, byComparison(first(lane), zero(lane), g.negate(), zero(lane), g));
      case MINIMUM -> extremum(lane, g, 0, 1);
      case MAXIMUM -> extremum(lane, g, 1, 0);
      case SQRT -> add(lane, 0, g.over(value(lane).times(2)));
      case EXP -> add(lane, 0, g.times(value(lane)));
      case LOG -> add(lane, 0, g.over(first(lane)));
      case LOG1P -> add(lane, 0, g.over(first(lane).plus(1)));
      case EXPM1 -> add(lane, 0, g.times(value(lane).plus(1)));
      case SIN -> add(lane, 0, g.times(first(lane).cos()));
      case COS -> add(lane, 0, g.times(first(lane).sin()).negate());
      case TANH -> add(lane, 0, g.times(value(lane).square().oneMinus()));
      case ERF ->
          add(lane, 0, g.times(first(lane).square().negate().exp().times(TWO_OVER_ROOT_PI)));
      case POW -> pow(lane, g);
      case SELECT -> select(lane, g);
      case CAST ->
          add(lane, 0, argument(lane, 0).dtype().isFloat() ? g.cast(argument(lane, 0).dtype()) : g);
    }
  }

  private void both(Lane lane, Value first, Value second) {
    add(lane, 0, first);
    add(lane, 1, second);
  }

  private void divide(Lane lane, Value g) {
    Value quotient = g.over(second(lane));
    both(lane, quotient, quotient.times(value(lane)).negate());
  }

  /** The side that is taken gets the gradient; equal sides get half each. */
  private void extremum(Lane lane, Value g, int whenLess, int whenGreater) {
    Value half = g.times(0.5);
    Value zero = zero(lane);
    Value less = byComparison(first(lane), second(lane), g, half, zero);
    Value greater = byComparison(first(lane), second(lane), zero, half, g);
    add(lane, whenLess, less);
    add(lane, whenGreater, greater);
  }

  private static Value byComparison(Value a, Value b, Value less, Value equal, Value greater) {
    return a.less(b).where(less, a.equal(b).where(equal, greater));
  }

  private void pow(Lane lane, Value g) {
    Value base = first(lane);
    Value exponent = second(lane);
    add(lane, 0, g.times(exponent).times(base.pow(exponent.minus(1))));
    Value positive = base.greater(zero(lane));
    Value logarithm = positive.where(base, base.constant(1)).log();
    add(lane, 1, positive.where(g.times(value(lane)).times(logarithm), zero(lane)));
  }

  private void select(Lane lane, Value g) {
    Value condition = first(lane);
    add(lane, 1, condition.where(g, zero(lane)));
    add(lane, 2, condition.where(zero(lane), g));
  }

  /** Adds to the cotangent of an argument, unless no gradient can flow through it. */
  private void add(Lane lane, int index, Value gradient) {
    Lane argument = argument(lane, index);
    if (argument.dtype().isFloat() && argument.op() != LaneOp.CONSTANT) {
      cotangents.merge(argument, gradient, Value::plus);
    }
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
      case FLOOR -> first(lane).floor();
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
