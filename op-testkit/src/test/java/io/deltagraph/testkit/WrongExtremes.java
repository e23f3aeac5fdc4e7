package io.deltagraph.testkit;

import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.testkit.Zoo.Animal;

/** Contracts of ops that are right for numbers of moderate size. */
final class WrongExtremes {
  private WrongExtremes() {}

  /** The logistic function by a quotient of infinities. */
  private static Op<?> quotient() {
    return Zoo.ruled(
        "quotient",
        1,
        x -> x.get(0).exp().over(x.get(0).exp().plus(1)),
        at ->
            at.flow(
                at.gradient()
                    .times(at.output())
                    .times(at.output().negate().plus(at.input(0).constant(1)))));
  }

  static final class Overflowing extends Animal {
    @Override
    public Op<?> op() {
      return quotient();
    }
  }

  /** The same, and says so. */
  static final class Declared extends Animal {
    @Override
    public Op<?> op() {
      return quotient();
    }

    @Override
    public String notNumbers() {
      return "exp overflows above and below the line";
    }
  }

  /** log(1 + eˣ) overflows to infinity, which is a number here; its rule does not. */
  static final class OverflowingRule extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "overflowing_rule",
          1,
          x -> x.get(0).exp().plus(1).log(),
          Zoo.times(x -> x.exp().over(x.exp().plus(x.constant(1)))));
    }
  }

  /** The quotient of two numbers that are both next to 0, by way of their squares. */
  static final class Underflowing extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled(
          "underflowing",
          2,
          x -> x.get(0).times(x.get(0)).over(x.get(1).times(x.get(1))),
          at -> {
            Value x = at.input(0);
            Value y = at.input(1);
            Value twice = at.gradient().times(2).times(x).over(y.times(y));
            return at.flow(twice, twice.times(x).over(y).negate());
          });
    }
  }

  static final class NeedlesslyDeclared extends Animal {
    @Override
    public Op<?> op() {
      return Zoo.ruled("needlessly_declared", 1, x -> x.get(0).sin(), Zoo.times(Value::cos));
    }

    @Override
    public String notNumbers() {
      return "it might";
    }
  }
}
