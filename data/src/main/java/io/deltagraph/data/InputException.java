package io.deltagraph.data;

import com.google.common.collect.ImmutableList;
import io.deltagraph.registry.NearNames;
import io.deltagraph.registry.Shown;
import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that the user handed in (a table, a spec) cannot be used as it is.
 *
 * <p>The message is one sentence made of the four parts that can also be asked for one by one.
 */
public final class InputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int SHOWN = 40;
  private static final int LONGEST_NAME = 100;

  private final String where;
  private final String found;
  private final String expected;
  private final String advice;

  /**
   * Composes the sentence.
   *
   * @param where the file, and the line and column or the JSON path in it
   * @param found what is there
   * @param expected what should have been there
   * @param advice what to do about it
   */
  public InputException(String where, String found, String expected, String advice) {
    super(where + ": found " + found + ", expected " + expected + "; " + advice + ".");
    this.where = where;
    this.found = found;
    this.expected = expected;
    this.advice = advice;
  }

  /** Returns the file, and the line and column or the JSON path in it. */
  public String where() {
    return where;
  }

  /** Returns what is there. */
  public String found() {
    return found;
  }

  /** Returns what should have been there. */
  public String expected() {
    return expected;
  }

  /** Returns what to do about it. */
  public String advice() {
    return advice;
  }

  /**
   * Returns text from a file fit for a message on a terminal: at most 40 characters of it, as
   * {@link Shown#line} has them, in single quotes.
   */
  public static String quoted(String text) {
    String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return "'" + Shown.line(cut) + "'";
  }

  /**
   * Returns advice on a name that is not known: {@code perhaps 'a' or 'b' was meant}, or the given
   * words where no known name is near.
   */
  public static String suggestion(String name, Collection<String> known, String otherwise) {
    // The search is quadratic in the length of a name.
    List<String> near =
        name.length() <= LONGEST_NAME ? NearNames.of(name, known) : ImmutableList.of();
    return near.isEmpty()
        ? otherwise
        : near.stream()
            .map(InputException::quoted)
            .collect(Collectors.joining(" or ", "perhaps ", " was meant"));
  }
}
