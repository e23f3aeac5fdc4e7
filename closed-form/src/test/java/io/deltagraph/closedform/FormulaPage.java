package io.deltagraph.closedform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project's page of formulas, and how it compares with the display names of the tests. */
final class FormulaPage {
  private static final Pattern ID =
      Pattern.compile("\\b(?:F-[A-Z]+-\\d{2}|S-\\d{3}-\\d{1,2})(?![\\w-])");

  /** Whatever looks like an id, so that a misspelt one is not passed over. */
  private static final Pattern NEARLY_ID =
      Pattern.compile("(?<![\\w-])(?:F-[A-Za-z]+-\\w+|S-\\d+-\\w+)");

  private FormulaPage() {}

  /** The root of the checkout, found from wherever the tests run. */
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("docs/formulas.md"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "no docs/formulas.md in any folder above " + Path.of("").toAbsolutePath());
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ids of the rows of all tables whose first column is headed {@code id}. */
  static List<String> rows(String page) {
    List<String> ids = new ArrayList<>();
    boolean inTable = false;
    for (String line : page.lines().toList()) {
      if (!line.startsWith("|")) {
        inTable = false;
      } else {
        String first = line.substring(1, line.indexOf('|', 1)).strip();
        if (inTable && !first.startsWith("---")) {
          ids.add(first);
        }
        inTable |= first.equals("id");
      }
    }
    return ids;
  }

  /** The ids in a text. */
  static Set<String> ids(String text) {
    return matches(ID, text);
  }

  private static Set<String> matches(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /** Every disagreement between the page and the names of the tests; none if all is well. */
  static List<String> disagreements(String page, Collection<String> displayNames) {
    List<String> rows = rows(page);
    List<String> complaints = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    for (String row : rows) {
      if (!ID.matcher(row).matches()) {
        complaints.add("the row '" + row + "' has no id of the form F-ACT-07 or S-000-1");
      }
      if (!known.add(row)) {
        complaints.add("the id " + row + " has two rows");
      }
    }
    Set<String> tested = new TreeSet<>();
    for (String name : displayNames) {
      tested.addAll(ids(name));
      for (String id : matches(NEARLY_ID, name)) {
        if (!known.contains(id)) {
          complaints.add("the test '" + name + "' names " + id + ", which has no row");
        }
      }
    }
    for (String row : known) {
      if (!tested.contains(row)) {
        complaints.add("the row " + row + " has no test whose display name holds it");
      }
    }
    return complaints;
  }

  /** Every id in the sources of a folder that the page does not have. */
  static List<String> strangers(String page, Path folder) {
    Set<String> known = new TreeSet<>(rows(page));
    List<String> complaints = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        for (String id : ids(read(file))) {
          if (!known.contains(id)) {
            complaints.add(folder.relativize(file) + " names " + id + ", which has no row");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return complaints;
  }
}
