package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a gradient is wrong, as far as its numbers tell. */
public sealed interface Cause {

  /** How many digits of a number a sentence shows. */
  MathContext DIGITS = new MathContext(6);

  /** One or two sentences for the author of the gradient. */
  String sentence();

  /** Entries that are infinite or not a number. */
  record NotFinite(int count) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient is not finite in "
          + entries(count)
          + ": look for a logarithm or a quotient of 0, or an exponential that overflows.";
    }
  }

  /** All entries are 0. */
  record Zero() implements Cause {
    @Override
    public String sentence() {
      return "Your gradient is 0 everywhere, the right one is not: nothing flows back.";
    }
  }

  /** The entries are right, the shape is not. */
  record Reshaped(String actual, String expected) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient has the right entries in the shape "
          + actual
          + "; it has to be "
          + expected
          + ".";
    }
  }

  /** The shape is wrong, and no sum or transposition of it is right. */
  record WrongShape(String actual, String expected) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient has the shape " + actual + "; it has to be " + expected + ".";
    }
  }

  /**
   * A piece of a constant factor.
   *
   * @param value the piece
   * @param symbol how it is written
   * @param hint where it may come from
   */
  record Part(double value, String symbol, String hint) {}

  /** The right gradient times a constant; no parts if the constant is none that is known. */
  record Constant(double ratio, List<Part> parts) implements Cause {
    public Constant {
      parts = ImmutableList.copyOf(parts);
    }

    @Override
    public String sentence() {
      return parts.isEmpty()
          ? "Your gradient is the right one times "
              + number(ratio)
              + " in every entry: a constant factor is wrong."
          : "Your gradient is the right one times "
              + parts.stream().map(Part::symbol).collect(Collectors.joining(" times "))
              + ": "
              + parts.stream().map(Part::hint).collect(Collectors.joining("; "))
              + ".";
    }
  }

  /** The same of the data's part alone; the penalty's is right and hides it. */
  record DataTerm(Constant constant) implements Cause {
    @Override
    public String sentence() {
      return "The penalty's part of your gradient is right, the data's part is not. For that part:"
          + " "
          + constant.sentence();
    }
  }

  /** Rows and columns are exchanged. */
  record Transposed() implements Cause {
    @Override
    public String sentence() {
      return "Your gradient is the right one with rows and columns exchanged: a transpose is missing,"
          + " or there is one too many.";
    }
  }

  /** The right entries at other places. */
  record Reordered() implements Cause {
    @Override
    public String sentence() {
      return "Your gradient has the right entries at the wrong places: an index or an axis is mixed"
          + " up.";
    }
  }

  /** The input was repeated along some axes, and its gradient was not summed over them. */
  record MissingSum(List<Integer> axes) implements Cause {
    public MissingSum {
      axes = ImmutableList.copyOf(axes);
    }

    @Override
    public String sentence() {
      return "Your gradient lacks a sum: the input is repeated along "
          + (axes.size() == 1 ? "axis " + axes.get(0) : "the axes " + axes)
          + ", so that its gradient is the sum over "
          + (axes.size() == 1 ? "it" : "them")
          + ", not one term.";
    }
  }

  /** A factor is not there. */
  record MissingFactor(String factor) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient lacks a factor: times " + factor + ", entry by entry, it is right.";
    }
  }

  /** A factor is there once too often. */
  record ExtraFactor(String factor) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient has one factor too many: it is the right one times " + factor + ".";
    }
  }

  /** The gradient that comes from above is not used. */
  record MissingIncoming() implements Cause {
    @Override
    public String sentence() {
      return "Your gradient ignores the one that comes from above: the chain rule multiplies by it.";
    }
  }

  /** One value is used where another should be. */
  record WrongOperand(String used, String right) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient uses " + used + " where it should use " + right + ".";
    }
  }

  /** One factor is there in the place of another, as the numbers tell. */
  record WrongFactor(String used, String right) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient is the right one times "
          + used
          + " over "
          + right
          + ", entry by entry: a factor is the wrong one, or has the wrong power.";
    }
  }

  /**
   * An operand has the wrong sign.
   *
   * @param operand how it is written
   * @param op the op that it is an operand of
   */
  record WrongSign(String operand, String op) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient has a wrong sign: it is right with the operand '"
          + operand
          + "' of a '"
          + op
          + "' negated.";
    }
  }

  /** It is right, given another gradient that is wrong. */
  record FollowsFrom(String other) implements Cause {
    @Override
    public String sentence() {
      return "Your gradient follows from " + other + ", which is wrong: look there first.";
    }
  }

  /** It belongs to the numbers of an earlier step. */
  record StaleOutput() implements Cause {
    @Override
    public String sentence() {
      return "Your gradient belongs to the output of an earlier step: a stored value was not"
          + " renewed.";
    }
  }

  /** The penalty's part is there {@code times} times in place of once. */
  record Penalty(double times) implements Cause {
    @Override
    public String sentence() {
      if (near(0)) {
        return "Your gradient lacks the penalty's term.";
      }
      if (near(2)) {
        return "Your gradient has the penalty's term once too often.";
      }
      if (near(-1)) {
        return "The penalty's term of your gradient has the wrong sign.";
      }
      return "The penalty's term of your gradient is the right one times "
          + number(times)
          + "; the rest is right.";
    }

    private boolean near(double whole) {
      return Math.abs(times - whole) < 1e-4;
    }
  }

  /** All entries are right but one. */
  record OneEntry(List<Integer> position, double actual, double expected) implements Cause {
    public OneEntry {
      position = ImmutableList.copyOf(position);
    }

    @Override
    public String sentence() {
      return "All entries of your gradient are right but the one at "
          + position
          + ", which is "
          + number(actual)
          + " in place of "
          + number(expected)
          + ".";
    }
  }

  /** Some entries are 0 that should not be, and the others are right. */
  record PartlyZero(int count) implements Cause {
    @Override
    public String sentence() {
      return entries(count)
          + " of your gradient "
          + (count == 1 ? "is" : "are")
          + " 0 and should not be, the others are right: a loop ends early or a mask hides too much.";
    }
  }

  /** The same number is added to every entry. */
  record Shifted(double by) implements Cause {
    @Override
    public String sentence() {
      return "Every entry of your gradient is too large by " + number(by) + ": a term is wrong.";
    }
  }

  /** Right but for the last digits. */
  record Imprecise(double difference) implements Cause {
    @Override
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "Your gradient is right up to %.0e of its size: it was computed in f32, or a constant in"
              + " it is rounded.",
          difference);
    }
  }

  /**
   * The differences are at fault: they come nearer the longer their steps are.
   *
   * @param difference the relative difference for the usual steps
   * @param longer that for much longer ones
   */
  record RoughForward(double difference, double longer) implements Cause {
    @Override
    public String sentence() {
      return String.format(
          Locale.ROOT,
          "Your gradient may be right: differences by longer steps come to within %.0e of it, those"
              + " by short ones to %.0e. The forward pass rounds on its way: look for a cast to"
              + " f32, or for large numbers that cancel.",
          longer,
          difference);
    }
  }

  /** None of the above: the ratios of entries, wrong over right, lie between the two. */
  record Unexplained(double lowest, double highest) implements Cause {
    @Override
    public String sentence() {
      if (lowest <= highest && number(lowest).equals(number(highest))) {
        return "There is no simple cause: your gradient is "
            + number(lowest)
            + " times the right one.";
      }
      return lowest <= highest
          ? "There is no simple cause: your entries are between "
              + number(lowest)
              + " and "
              + number(highest)
              + " times the right ones."
          : "There is no simple cause: the right gradient is 0 everywhere, yours is not.";
    }
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString()
        : Double.toString(value);
  }

  private static String entries(int count) {
    return count == 1 ? "1 entry" : count + " entries";
  }
}
