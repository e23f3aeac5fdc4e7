package io.deltagraph.graph;

import com.google.common.base.Splitter;
import java.util.List;

/** Ranges of positions as text, {@code start:stop:step} for each axis, as NumPy writes them. */
final class Ranges {
  private Ranges() {}

  /** The positions of a value that the ranges name; a named dimension is taken whole. */
  static Value of(Value value, String ranges) {
    List<String> all = Splitter.on(',').trimResults().splitToList(ranges);
    if (all.size() > value.shape().rank()) {
      throw new IllegalArgumentException(
          "There are %d ranges in '%s' for the %d axes of %s."
              .formatted(all.size(), ranges, value.shape().rank(), value));
    }
    Value result = value;
    for (int axis = 0; axis < all.size(); axis++) {
      String range = all.get(axis);
      if (!range.equals(":")) {
        result = along(result, axis, range);
      }
    }
    return result;
  }

  private static Value along(Value value, int axis, String range) {
    List<String> parts = Splitter.on(':').splitToList(range);
    if (parts.size() < 2 || parts.size() > 3) {
      throw notOne(range);
    }
    int start = number(parts.get(0), 0, range);
    int stop = number(parts.get(1), Integer.MAX_VALUE, range);
    return value.slice(axis, start, stop, parts.size() == 3 ? number(parts.get(2), 1, range) : 1);
  }

  private static int number(String text, int fallback, String range) {
    if (text.isBlank()) {
      return fallback;
    }
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw notOne(range);
    }
  }

  private static IllegalArgumentException notOne(String range) {
    return new IllegalArgumentException(
        "A range looks like 1:, :-1, 2:5 or ::2, got '" + range + "'.");
  }
}
