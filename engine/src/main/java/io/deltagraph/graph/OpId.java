package io.deltagraph.graph;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of an op: {@code sigmoid} for this project's own, {@code acme:swish} for everybody
 * else's. A suffix such as {@code .adjoint} or {@code .backward} marks an op made from another.
 */
public record OpId(String name) implements Comparable<OpId> {
  private static final Pattern VALID =
      Pattern.compile("([a-z][a-z0-9-]{0,31}:)?[a-z][a-z0-9_]{0,47}(\\.[a-z][a-z0-9_]{0,31}){0,4}");

  /** Checks the form of the name. */
  public OpId {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "An op's name looks like 'softplus' or 'acme:swish' (lower case, digits, '_'), got '"
              + name
              + "'."
              + near(name));
    }
  }

  /** Whether a text has the form of an op's name. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /** The name as it would be in lower case, if that is one. */
  private static String near(String name) {
    String lower =
        name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9_:.]+", "_");
    return isValid(lower) ? " Write '" + lower + "'." : "";
  }

  /** The op of that name. */
  public static OpId of(String name) {
    return new OpId(name);
  }

  /** Whether the name is reserved for this project, having no prefix. */
  public boolean isBare() {
    return name.indexOf(':') < 0;
  }

  /** The name of an op made from this one. */
  public OpId suffixed(String suffix) {
    return new OpId(name + "." + suffix);
  }

  @Override
  public int compareTo(OpId other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
