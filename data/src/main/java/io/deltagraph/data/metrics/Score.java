package io.deltagraph.data.metrics;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;

/** A score, or the reason why there is none. */
public sealed interface Score {
  /**
   * A score that exists.
   *
   * @param value a finite number
   */
  record Defined(double value) implements Score {
    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public Defined {
      checkArgument(Double.isFinite(value), "a score of %s", value);
    }
  }

  /**
   * A score that does not exist.
   *
   * @param reason why, as a clause
   */
  record Undefined(String reason) implements Score {}

  /** Returns numerator / denominator, or the reason if the denominator is 0. */
  static Score ratio(double numerator, double denominator, String reason) {
    return denominator == 0 ? new Undefined(reason) : new Defined(numerator / denominator);
  }

  /** Returns the number, if there is one. */
  default OptionalDouble number() {
    return switch (this) {
      case Defined(double value) -> OptionalDouble.of(value);
      case Undefined ignored -> OptionalDouble.empty();
    };
  }
}
