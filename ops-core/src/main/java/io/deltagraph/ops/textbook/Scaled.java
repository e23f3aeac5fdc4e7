package io.deltagraph.ops.textbook;

import com.google.common.collect.ImmutableList;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Constant;
import io.deltagraph.graph.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A value as a number times letters over letters times the rest: {@code −½ λ/n W}. Written again it
 * has the numbers in one place, whatever order they came in.
 *
 * @param coefficient the product of all plain numbers
 * @param factors letters and counts above the line
 * @param divisors letters and counts below it
 * @param core the rest, empty if there is none
 */
public record Scaled(
    double coefficient, List<Value> factors, List<Value> divisors, Optional<Value> core) {
  private static final Scaled ONE =
      new Scaled(1, ImmutableList.of(), ImmutableList.of(), Optional.empty());

  /** What stands on both sides of the line is left out. */
  public Scaled {
    List<Value> above = new ArrayList<>(factors);
    List<Value> below = new ArrayList<>();
    divisors.forEach(divisor -> {
      if (!above.remove(divisor)) {
        below.add(divisor);
      }
    });
    Comparator<Value> order = Comparator.comparingInt(Value::id);
    factors = above.stream().sorted(order).toList();
    divisors = below.stream().sorted(order).toList();
  }

  /** A value taken apart. */
  public static Scaled of(Value value) {
    switch (value) {
      case Constant constant when constant.type().rank() == 0 -> {
        return new Scaled(constant.tensor().item(), List.of(), List.of(), Optional.empty());
      }
      case Apply node when node.name().isEmpty() -> {
        if (Match.is(node, "negate")) {
          return of(node.input(0)).times(-1);
        }
        if (Match.is(node, "hadamard") && (isNumber(node.input(0)) || isNumber(node.input(1)))) {
          return of(node.input(0)).times(of(node.input(1)));
        }
        if (Match.is(node, "divide") && isNumber(node.input(1))) {
          return of(node.input(0)).times(of(node.input(1)).reciprocal());
        }
        if (Match.is(node, "reciprocal") && isNumber(node)) {
          return of(node.input(0)).reciprocal();
        }
        if (Match.is(node, "element_count") || Symbol.name(node).isPresent()) {
          return new Scaled(1, List.of(node), List.of(), Optional.empty());
        }
      }
      default -> {}
    }
    return ONE.around(value);
  }

  private static boolean isNumber(Value value) {
    return value.type().rank() == 0;
  }

  /** The same numbers around something else. */
  public Scaled around(Value other) {
    return new Scaled(coefficient, factors, divisors, Optional.of(other));
  }

  /** Whether there is no number at all but the core. */
  public boolean isBare() {
    return coefficient == 1 && factors.isEmpty() && divisors.isEmpty();
  }

  /** Times a plain number. */
  public Scaled times(double number) {
    return new Scaled(coefficient * number, factors, divisors, core);
  }

  /** The product, entry by entry. */
  public Scaled times(Scaled other) {
    Optional<Value> both =
        core.isPresent() && other.core.isPresent()
            ? Optional.of(core.get().times(other.core.get()))
            : core.or(other::core);
    return new Scaled(
        coefficient * other.coefficient,
        joined(factors, other.factors),
        joined(divisors, other.divisors),
        both);
  }

  /** One over this. */
  public Scaled reciprocal() {
    return new Scaled(1 / coefficient, divisors, factors, core.map(Value::reciprocal));
  }

  private static ImmutableList<Value> joined(List<Value> left, List<Value> right) {
    return ImmutableList.<Value>builder().addAll(left).addAll(right).build();
  }

  /**
   * The value in its one form: {@code −½ C / (n k)}, and {@code λ/(2 n) C} where a letter stands
   * above the line.
   *
   * @param like gives the dtype
   */
  public Value value(Value like) {
    Optional<Value> above = factors.stream().reduce(Value::times);
    Optional<Value> below = divisors.stream().reduce(Value::times);
    double size = Math.abs(coefficient);
    boolean under = !factors.isEmpty() && size < 1 && 1 / size == Math.rint(1 / size);
    if (size != 1) {
      Value number = like.constant(under ? 1 / size : size);
      Optional<Value> beside = under ? below : above;
      Optional<Value> both = Optional.of(beside.map(number::times).orElse(number));
      above = under ? above : both;
      below = under ? both : below;
    }
    Value result;
    if (core.isPresent() && factors.isEmpty()) {
      Value rest = core.get();
      Value whole = above.map(number -> number.times(rest)).orElse(rest);
      result = below.map(whole::over).orElse(whole);
    } else {
      Value top = above.orElseGet(() -> like.constant(1));
      Value number = below.map(top::over).orElse(top);
      result = core.map(number::times).orElse(number);
    }
    return coefficient < 0 ? result.negate() : result;
  }
}
