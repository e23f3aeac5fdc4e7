package io.deltagraph.readme;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a text says that a command prints with what it printed. A line {@code …} stands for
 * any number of lines, {@code …} within a line for any characters, and a number below 1e-6 for any
 * other such number: it is rounding. How wide columns are does not matter.
 */
final class Output {
  private static final String ANY = "…";
  private static final Pattern ROUNDING =
      Pattern.compile("\\b(\\d\\.\\d+e-(0[7-9]|[1-9]\\d)|0\\.0+e\\+00)\\b");
  private static final Pattern GAP = Pattern.compile(" {2,}");
  private static final Pattern RULE = Pattern.compile("-{3,}");

  private Output() {}

  /** What differs, or empty. */
  static Optional<String> difference(String expected, String actual) {
    List<String> printed = lines(actual);
    int at = 0;
    boolean anywhere = false;
    List<List<Pattern>> groups = groups(expected);
    for (int g = 0; g < groups.size(); g++) {
      List<Pattern> group = groups.get(g);
      boolean last = g == groups.size() - 1;
      int from = last && anywhere ? Math.max(at, printed.size() - group.size()) : at;
      int found = find(group, printed, from, anywhere);
      if (found < 0) {
        return Optional.of(
            "Not printed from line "
                + (from + 1)
                + " on:\n"
                + group.stream().map(Pattern::pattern).collect(Collectors.joining("\n"))
                + "\nPrinted:\n"
                + actual);
      }
      at = found + group.size();
      anywhere = true;
    }
    return at == printed.size()
        ? Optional.empty()
        : Optional.of("More is printed than expected:\n" + actual);
  }

  private static int find(List<Pattern> group, List<String> lines, int from, boolean anywhere) {
    for (int start = from; start + group.size() <= lines.size(); start++) {
      int matched = 0;
      while (matched < group.size()
          && group.get(matched).matcher(lines.get(start + matched)).matches()) {
        matched++;
      }
      if (matched == group.size()) {
        return start;
      }
      if (!anywhere) {
        return -1;
      }
    }
    return -1;
  }

  /** The lines between those that stand for any; the first and the last group may be empty. */
  private static List<List<Pattern>> groups(String expected) {
    List<List<Pattern>> groups = new ArrayList<>();
    groups.add(new ArrayList<>());
    for (String line : lines(expected)) {
      if (line.equals(ANY)) {
        groups.add(new ArrayList<>());
      } else {
        groups.getLast().add(pattern(line));
      }
    }
    return groups;
  }

  private static Pattern pattern(String line) {
    return Pattern.compile(
        Splitter.on(ANY).splitToStream(line).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  private static ImmutableList<String> lines(String text) {
    return text.stripTrailing()
        .lines()
        .map(String::stripTrailing)
        .map(line -> ROUNDING.matcher(line).replaceAll("1.0e-99"))
        .map(line -> GAP.matcher(line).replaceAll("  "))
        .map(line -> RULE.matcher(line).replaceAll("---"))
        .collect(ImmutableList.toImmutableList());
  }
}
