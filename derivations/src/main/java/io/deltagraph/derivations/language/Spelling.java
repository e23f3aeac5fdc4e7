package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How names and functions are spelled, in Greek and in ASCII. */
final class Spelling {
  /** Greek letters of names by their ASCII names. */
  static final Map<String, String> GREEK =
      ImmutableMap.of("lambda", "λ", "eta", "η", "alpha", "α", "yhat", "ŷ");

  /** Greek letters of functions by the names of their ops. */
  static final Map<String, String> GREEK_FUNCTIONS =
      ImmutableMap.of("sigmoid", "σ", "phi", "φ", "log", "ln");

  /** Functions that are written otherwise in ASCII than their ops are called. */
  static final Map<String, String> ASCII_FUNCTIONS =
      ImmutableMap.of("sigmoid", "sigma", "heaviside", "step");

  /** Names that stand for a number, whatever the net. */
  static final Set<String> NUMBERS = ImmutableSet.of("n", "m", "N", "k", "lambda", "eta", "lr");

  /** The bases of the table of names, each of which a raised digit after it is an index of. */
  static final Set<String> TABLE =
      ImmutableSet.<String>builder()
          .addAll(NUMBERS)
          .add("X", "x", "T", "t", "Y", "y", "W", "b", "alpha", "Z", "z", "S", "s", "A", "a")
          .add("H", "h", "yhat", "C", "L", "J", "loss")
          .build();

  private Spelling() {}

  /** A number as short as it can be read back from. */
  static String number(double value) {
    if (value == Math.rint(value) && value < 1e15) {
      return Long.toString((long) value);
    }
    return Double.toString(value).replace(".0E", "e").toLowerCase(Locale.ROOT);
  }
}
