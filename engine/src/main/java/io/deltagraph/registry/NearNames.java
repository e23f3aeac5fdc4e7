package io.deltagraph.registry;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names that someone who mistyped one may have meant. */
public final class NearNames {
  private static final int MOST = 3;

  /** Of fewer letters too many names are the beginning. */
  private static final int SHORTEST = 3;

  private static final Splitter WORDS = Splitter.on('_').omitEmptyStrings();

  private NearNames() {}

  /**
   * The names within a third of the letters of {@code asked} (at least 1, at most 3 edits), nearest
   * first; if there are none, those that it abbreviates, as {@code var} does {@code variance}, or
   * those with a half of its words or more, as {@code cross_entropy} in {@code cross_entropy_loss}.
   */
  public static List<String> of(String asked, Collection<String> names) {
    String lower = asked.toLowerCase(Locale.ROOT);
    int bound = Math.clamp(asked.length() / 3, 1, 3);
    Comparator<String> nearest = Comparator.comparingInt(name -> distance(lower, bare(name)));
    List<String> close =
        names.stream()
            .filter(name -> distance(lower, bare(name)) <= bound)
            .sorted(nearest.thenComparing(Comparator.naturalOrder()))
            .limit(MOST)
            .collect(ImmutableList.toImmutableList());
    List<String> longer = close.isEmpty() ? abbreviated(lower, names) : close;
    return longer.isEmpty() ? sharingWords(lower, names) : longer;
  }

  private static List<String> abbreviated(String asked, Collection<String> names) {
    return names.stream()
        .filter(name -> asked.length() >= SHORTEST && bare(name).startsWith(asked))
        .sorted()
        .limit(MOST)
        .collect(ImmutableList.toImmutableList());
  }

  private static List<String> sharingWords(String asked, Collection<String> names) {
    Set<String> words = Set.copyOf(WORDS.splitToList(asked));
    Comparator<String> most = Comparator.comparingLong(name -> -shared(words, name));
    return names.stream()
        .filter(name -> words.size() > 1 && 2 * shared(words, name) >= words.size())
        .sorted(most.thenComparing(Comparator.naturalOrder()))
        .limit(MOST)
        .collect(ImmutableList.toImmutableList());
  }

  private static long shared(Set<String> words, String name) {
    return WORDS.splitToStream(bare(name)).filter(words::contains).distinct().count();
  }

  private static String bare(String name) {
    return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
