package io.deltagraph.testkit;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A number and its slopes by each entry of the inputs: the chain rule forward, with exact numbers.
 *
 * @param slopes one for each entry; empty where the number depends on none
 */
record Varied(Exact value, ImmutableList<Exact> slopes) {
  static final Varied UNKNOWN = of(Exact.UNKNOWN);

  /** A number that depends on nothing. */
  static Varied of(Exact value) {
    return new Varied(value, ImmutableList.of());
  }

  static Varied of(double value) {
    return of(Exact.of(value));
  }

  /** 1 for a mask that holds, else 0. */
  static Varied of(boolean mask) {
    return of(mask ? Exact.ONE : Exact.ZERO);
  }

  /** The entry of that number among {@code count}. */
  static Varied entry(Exact value, int number, int count) {
    ImmutableList.Builder<Exact> slopes = ImmutableList.builder();
    for (int i = 0; i < count; i++) {
      slopes.add(i == number ? Exact.ONE : Exact.ZERO);
    }
    return new Varied(value, slopes.build());
  }

  /** What this tends to, given that another number is further on the way. */
  Varied limit(Varied further) {
    return new Varied(value.limit(further.value), combined(slopes, further.slopes, Exact::limit));
  }

  /** This number and its slopes where another one agrees, unknown where it does not. */
  Varied agreed(Varied that) {
    return new Varied(value.agreed(that.value), combined(slopes, that.slopes, Exact::agreed));
  }

  boolean isConstant() {
    return slopes.isEmpty();
  }

  /** The slope by an entry. */
  Exact slope(int entry) {
    return slopes.isEmpty() ? Exact.ZERO : slopes.get(entry);
  }

  /** A function of this number, given its value and its derivative. */
  Varied map(Exact result, Exact derivative) {
    return new Varied(result, scaled(derivative));
  }

  /** A function that is linear in this number. */
  Varied linear(UnaryOperator<Exact> function) {
    return new Varied(function.apply(value), each(function));
  }

  /** A sum or difference. */
  Varied with(Varied that, BinaryOperator<Exact> sum) {
    return new Varied(sum.apply(value, that.value), combined(slopes, that.slopes, sum));
  }

  /** A quotient, whose slopes are {@code (x' y − x y') / y²}, in this order: terms may cancel. */
  Varied over(Varied that) {
    BinaryOperator<Exact> slope =
        (a, b) -> a.times(that.value).minus(value.times(b)).over(that.value).over(that.value);
    return new Varied(value.over(that.value), combined(slopes, that.slopes, slope));
  }

  /** A function of two numbers, given its value and its derivatives by each. */
  Varied with(Varied that, Exact result, Exact byThis, Exact byThat) {
    return new Varied(result, combined(scaled(byThis), that.scaled(byThat), Exact::plus));
  }

  /** The slopes times a factor; a slope of 0 stays 0, whatever the factor is. */
  private ImmutableList<Exact> scaled(Exact factor) {
    return each(slope -> slope.isZero() ? slope : slope.times(factor));
  }

  private ImmutableList<Exact> each(UnaryOperator<Exact> function) {
    return slopes.stream().map(function).collect(ImmutableList.toImmutableList());
  }

  private static ImmutableList<Exact> combined(
      List<Exact> left, List<Exact> right, BinaryOperator<Exact> sum) {
    List<Exact> all = new ArrayList<>();
    for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
      Exact a = left.isEmpty() ? Exact.ZERO : left.get(i);
      Exact b = right.isEmpty() ? Exact.ZERO : right.get(i);
      all.add(a.isZero() && b.isZero() ? a : sum.apply(a, b));
    }
    return ImmutableList.copyOf(all);
  }
}
