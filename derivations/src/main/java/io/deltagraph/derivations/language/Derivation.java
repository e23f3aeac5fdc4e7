package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file as it was read.
 *
 * @param lines in order
 * @param weights how the file says that it stores weights
 * @param samples how the file says that it stores samples
 */
public record Derivation(List<Line> lines, Optional<Weights> weights, Optional<Samples> samples) {
  public Derivation {
    lines = ImmutableList.copyOf(lines);
  }

  /** How weights are stored. */
  public enum Weights {
    /** One row for each neuron. */
    OUT_BY_IN,
    /** One column for each neuron. */
    IN_BY_OUT
  }

  /** How samples are stored. */
  public enum Samples {
    /** A sample is a row. */
    ROWS,
    /** A sample is a column. */
    COLUMNS
  }

  /** A line. */
  public sealed interface Line {
    /** The number of its first line in the file, from 1. */
    int number();

    /** Its text. */
    String source();
  }

  /**
   * A line that is an equation.
   *
   * @param places where each part of the expression begins, by identity
   * @param warnings what may be meant otherwise
   */
  public record Written(
      int number,
      String source,
      Equation equation,
      Map<Expression, Place> places,
      List<String> warnings)
      implements Line {
    public Written {
      warnings = ImmutableList.copyOf(warnings);
    }

    /** What stands at a part of the expression that cannot be as it is. */
    public Misreading problem(Expression part, String expected) {
      Place place = places.getOrDefault(part, new Place(number, 1));
      String physical = source.lines().skip(place.line() - number).findFirst().orElse("");
      return new Misreading(place, DerivationWriter.UNICODE.write(part), expected, physical);
    }
  }

  /**
   * A line that is none.
   *
   * @param name what it would have been about, where that can be told
   */
  public record Unread(
      int number, String source, Misreading problem, Optional<Expression.Name> name)
      implements Line {}
}
