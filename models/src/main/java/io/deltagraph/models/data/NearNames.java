package io.deltagraph.models.data;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds the known names that a mistyped one may have meant. */
public final class NearNames {
  private static final int MOST = 3;
  private static final int LONGEST = 100;

  private NearNames() {}

  /**
   * Returns up to three of the known names, nearest first, ties in alphabetical order.
   *
   * <p>Near means: at most a third of the longer name's letters (but at least one) have to be
   * inserted, deleted, replaced or swapped with their neighbour, upper and lower case, {@code -}
   * and {@code _} counting as equal. Names above 100 letters have no near names.
   */
  public static ImmutableList<String> of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return ImmutableList.of();
    }
    record Near(String name, int distance) {}
    String folded = fold(name);
    return known.stream()
        .filter(candidate -> candidate.length() <= LONGEST)
        .map(candidate -> new Near(candidate, distance(folded, fold(candidate))))
        .filter(near ->
            near.distance() <= Math.max(1, Math.max(name.length(), near.name().length()) / 3))
        .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
        .limit(MOST)
        .map(Near::name)
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns {@code perhaps 'a' or 'b' was meant}, or the given words where nothing is near. */
  public static String suggestion(String name, Collection<String> known, String otherwise) {
    ImmutableList<String> near = of(name, known);
    return near.isEmpty()
        ? otherwise
        : near.stream()
            .map(n -> "'" + n + "'")
            .collect(Collectors.joining(" or ", "perhaps ", " was meant"));
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /**
   * The optimal string alignment distance (Damerau 1964 with Levenshtein's recurrence): the least
   * number of insertions, deletions, replacements and swaps of neighbours.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
