package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Locale;

/** What numbers alone show of a wrong gradient, where no formula is known. */
public sealed interface Symptom extends Cause {

  /** Entries that are infinite or not a number. */
  record NotFinite(int count) implements Symptom {
    @Override
    public String code() {
      return "not-finite";
    }

    @Override
    public String sentence() {
      return "Your gradient is not finite in "
          + entries(count)
          + ": look for a logarithm or a quotient of 0, or an exponential that overflows.";
    }
  }

  /** All entries are 0. */
  record Zero() implements Symptom {
    @Override
    public String code() {
      return "zero";
    }

    @Override
    public String sentence() {
      return "Your gradient is 0 everywhere, the right one is not: nothing flows back.";
    }
  }

  /** The entries are right, the shape is not. */
  record Reshaped(String actual, String expected) implements Symptom {
    @Override
    public String code() {
      return "reshaped";
    }

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
  record WrongShape(String actual, String expected) implements Symptom {
    @Override
    public String code() {
      return "shape";
    }

    @Override
    public String sentence() {
      return "Your gradient has the shape " + actual + "; it has to be " + expected + ".";
    }
  }

  /** The right entries at other places. */
  record Reordered() implements Symptom {
    @Override
    public String code() {
      return "reordered";
    }

    @Override
    public String sentence() {
      return "Your gradient has the right entries at the wrong places: an index or an axis is mixed"
          + " up.";
    }
  }

  /** It is right, given another gradient that is wrong. */
  record FollowsFrom(String other) implements Symptom {
    @Override
    public String code() {
      return "follows:" + other;
    }

    @Override
    public String sentence() {
      return "Your gradient follows from " + other + ", which is wrong: look there first.";
    }
  }

  /** It belongs to the numbers of an earlier step. */
  record StaleOutput() implements Symptom {
    @Override
    public String code() {
      return "stale";
    }

    @Override
    public String sentence() {
      return "Your gradient belongs to the output of an earlier step: a stored value was not"
          + " renewed.";
    }
  }

  /** All entries are right but one. */
  record OneEntry(List<Integer> position, double actual, double expected) implements Symptom {
    public OneEntry {
      position = ImmutableList.copyOf(position);
    }

    @Override
    public String code() {
      return "one-entry";
    }

    @Override
    public String sentence() {
      return "All entries of your gradient are right but the one at "
          + position
          + ", which is "
          + Ratio.number(actual)
          + " in place of "
          + Ratio.number(expected)
          + ".";
    }
  }

  /** Some entries are 0 that should not be, and the others are right. */
  record PartlyZero(int count) implements Symptom {
    @Override
    public String code() {
      return "partly-zero";
    }

    @Override
    public String sentence() {
      return entries(count)
          + " of your gradient "
          + (count == 1 ? "is" : "are")
          + " 0 and should not be, the others are right: a loop ends early or a mask hides too much.";
    }
  }

  /** The same number is added to every entry. */
  record Shifted(double by) implements Symptom {
    @Override
    public String code() {
      return "shifted";
    }

    @Override
    public String sentence() {
      return "Every entry of your gradient is too large by "
          + Ratio.number(by)
          + ": a term is wrong.";
    }
  }

  /** Right but for the last digits. */
  record Imprecise(double difference) implements Symptom {
    @Override
    public String code() {
      return "imprecise";
    }

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
  record RoughForward(double difference, double longer) implements Symptom {
    @Override
    public String code() {
      return "rough-forward";
    }

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
  record Unexplained(double lowest, double highest) implements Symptom {
    @Override
    public String code() {
      return "unexplained";
    }

    @Override
    public String sentence() {
      if (lowest <= highest && Ratio.number(lowest).equals(Ratio.number(highest))) {
        return "There is no simple cause: your gradient is "
            + Ratio.number(lowest)
            + " times the right one.";
      }
      return lowest <= highest
          ? "There is no simple cause: your entries are between "
              + Ratio.number(lowest)
              + " and "
              + Ratio.number(highest)
              + " times the right ones."
          : "There is no simple cause: the right gradient is 0 everywhere, yours is not.";
    }
  }

  private static String entries(int count) {
    return count == 1 ? "1 entry" : count + " entries";
  }
}
