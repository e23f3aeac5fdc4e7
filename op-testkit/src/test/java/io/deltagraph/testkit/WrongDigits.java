package io.deltagraph.testkit;

import io.deltagraph.graph.Adjoint;
import io.deltagraph.graph.Cotangent;
import io.deltagraph.graph.Lane;
import io.deltagraph.graph.Lanes;
import io.deltagraph.graph.NoAttributes;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.OpId;
import io.deltagraph.graph.OpSignature;
import io.deltagraph.graph.Reduction;
import io.deltagraph.graph.Value;
import io.deltagraph.testkit.Zoo.Animal;
import java.util.List;

/** Contracts of ops whose formulas are right, and whose numbers are not, far out or next to 0. */
final class WrongDigits {
  private WrongDigits() {}

  /** What an op of this project is held to. */
  abstract static class Strict extends Animal {
    @Override
    public Extremes extremes() {
      return Extremes.exact();
    }
  }

  /** {@code 1 / (1 + e^−x)}. */
  private static Lane sigmoid(Lane x) {
    return x.negate().exp().plus(1).reciprocal();
  }

  private static Value one(Value x) {
    return x.constant(1);
  }

  /** {@code dx = −g y²}, in that order. */
  static final class SquaredSlope extends Strict {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "squared_slope",
          1,
          x ->
              x.get(0)
                  .abs()
                  .plus(x.get(0).equal(0).select(x.get(0).constant(1), x.get(0).constant(0)))
                  .reciprocal(),
          at -> {
            Value y = at.output();
            Value zero = y.constant(0);
            Value slope = at.gradient().times(y.times(y));
            return at.flow(at.input(0).less(zero).where(slope, slope.negate()));
          });
    }
  }

  /** {@code dx = g y (1 − y)}. */
  static Op<?> tail(String name) {
    return Zoo.ruled(
        name,
        1,
        x -> sigmoid(x.get(0)),
        at -> at.flow(at.gradient().times(at.output()).times(one(at.output()).minus(at.output()))));
  }

  static final class LostTail extends Strict {
    @Override
    public Op<?> op() {
      return tail("lost_tail");
    }
  }

  static final class DeclaredTail extends Strict {
    @Override
    public Op<?> op() {
      return tail("declared_tail");
    }

    @Override
    public Extremes extremes() {
      return Extremes.exact()
          .gradientWithin(2, "1 − y has the rounding of y")
          .outputWithin(1, "e^−x overflows");
    }
  }

  static final class TooTight extends Strict {
    @Override
    public Op<?> op() {
      return tail("too_tight");
    }

    @Override
    public Extremes extremes() {
      return Extremes.exact()
          .gradientWithin(1e-6, "1 − y has the rounding of y")
          .outputWithin(1, "e^−x overflows");
    }
  }

  /** Everything that can be stated, of an op that needs none of it. */
  static final class Needless extends Strict {
    @Override
    public Op<?> op() {
      return Zoo.ruled("needless", 1, x -> x.get(0).sin(), Zoo.times(Value::cos));
    }

    @Override
    public Extremes extremes() {
      return Extremes.exact()
          .outputWithin(1, "it might")
          .gradientWithin(1, "so might this")
          .similarSizes("and this")
          .finiteInputs("and that");
    }
  }

  /** {@code x σ(x)}, whose rule has 0 · ∞ at both ends. */
  private static Op<?> swish(String name) {
    return Zoo.ruled(
        name,
        1,
        x -> {
          Lane s = x.get(0).maximum(x.get(0).constant(-1e30));
          Lane power = s.abs().negate().exp();
          return s.times(s.less(0).select(power, s.constant(1))).over(power.plus(1));
        },
        at -> {
          Value x = at.input(0);
          Value down = x.negate().exp();
          Value sigmoid = one(x).over(down.plus(one(x)));
          Value rest = one(x).over(x.exp().plus(one(x)));
          return at.flow(at.gradient().times(sigmoid.plus(x.times(sigmoid).times(rest))));
        });
  }

  static final class NoLimit extends Strict {
    @Override
    public Op<?> op() {
      return swish("no_limit");
    }
  }

  static final class DeclaredLimit extends Strict {
    @Override
    public Op<?> op() {
      return swish("declared_limit");
    }

    @Override
    public Extremes extremes() {
      return Extremes.exact().finiteInputs("x σ is ∞ · 0").gradientWithin(1, "e^−x overflows");
    }
  }

  /** The root of a sum of squares. */
  record Norm(OpId id) implements Reduction<NoAttributes> {
    @Override
    public OpSignature signature() {
      return ZooOps.floats(1);
    }

    @Override
    public Axes axes(NoAttributes none) {
      return new Axes(List.of(), false);
    }

    @Override
    public Lanes prepare(NoAttributes none, Lane x, Lane index) {
      return Lanes.of(x.times(x));
    }

    @Override
    public Lanes identity(NoAttributes none, Lane like) {
      return Lanes.of(like.constant(0));
    }

    @Override
    public Lanes combine(NoAttributes none, Lanes left, Lanes right) {
      return Lanes.of(left.get(0).plus(right.get(0)));
    }

    @Override
    public Lane finish(NoAttributes none, Lanes total, Lane count) {
      return total.get(0).sqrt();
    }

    @Override
    public List<Cotangent> backward(Adjoint<NoAttributes> at) {
      return at.flow(at.gradient().times(at.input(0).over(at.output())));
    }
  }

  /** Squares of numbers whose norm is in range are not. */
  static final class SquaredTerms extends Strict {
    @Override
    public Op<?> op() {
      return new Norm(OpId.of("zoo:squared_terms"));
    }
  }

  /** {@code ln Σ e^x} of two numbers, whose rule has the rounding of the result for an exponent. */
  static final class RoundedExponent extends Strict {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "rounded_exponent",
          2,
          x -> {
            Lane gap = x.get(0).minus(x.get(1)).abs();
            return x.get(0).maximum(x.get(1)).plus(gap.negate().exp().log1p());
          },
          at ->
              at.flow(
                  at.gradient().times(at.input(0).minus(at.output()).exp()),
                  at.gradient().times(at.input(1).minus(at.output()).exp())));
    }
  }

  /** A product of three, of which two may overflow before the third makes them small. */
  private static Op<?> product(String name) {
    return WrongRules.composed(
        name,
        2,
        x -> x.get(0).times(x.get(0)).times(x.get(1)),
        at -> {
          Value x = at.input(0);
          Value y = at.input(1);
          return at.flow(
              at.gradient().times(x.times(y)).times(x.constant(2)),
              at.gradient().times(x).times(x));
        });
  }

  static final class PartialProducts extends Strict {
    @Override
    public Op<?> op() {
      return product("partial_products");
    }
  }

  static final class DeclaredProducts extends Strict {
    @Override
    public Op<?> op() {
      return product("declared_products");
    }

    @Override
    public Extremes extremes() {
      return Extremes.exact().similarSizes("x² leaves the range before x² y does");
    }
  }
}
