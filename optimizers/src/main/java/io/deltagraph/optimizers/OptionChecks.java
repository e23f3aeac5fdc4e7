package io.deltagraph.optimizers;

/** Ranges of options, with one message each. */
final class OptionChecks {
  private OptionChecks() {}

  static double positive(String option, double value) {
    return check(value > 0 && Double.isFinite(value), option, value, "a finite number above 0");
  }

  static double notNegative(String option, double value) {
    return check(
        value >= 0 && Double.isFinite(value), option, value, "a finite number not below 0");
  }

  /** The factor of a moving average. */
  static double decay(String option, double value) {
    return check(value >= 0 && value < 1, option, value, "a number from 0 to below 1");
  }

  static int count(String option, int value) {
    return (int) check(value >= 1, option, value, "a whole number from 1");
  }

  static double check(boolean holds, String option, double value, String expected) {
    if (!holds) {
      throw OptionException.badValue(option, value, expected);
    }
    return value;
  }
}
