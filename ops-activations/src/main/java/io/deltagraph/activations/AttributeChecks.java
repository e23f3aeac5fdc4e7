package io.deltagraph.activations;

import java.util.Arrays;

/** What attributes have to fulfil; the engine adds op, source line and provider to the message. */
final class AttributeChecks {
  private AttributeChecks() {}

  static void finite(String attribute, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The attribute '" + attribute + "' is a finite number, got " + value + ".");
    }
  }

  static void positive(String attribute, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          "The attribute '" + attribute + "' is a finite number above 0, got " + value + ".");
    }
  }

  static void oneOf(String attribute, String value, String... known) {
    if (!Arrays.asList(known).contains(value)) {
      throw new IllegalArgumentException(
          "The attribute '"
              + attribute
              + "' is one of "
              + String.join(", ", known)
              + ", got '"
              + value
              + "'.");
    }
  }
}
