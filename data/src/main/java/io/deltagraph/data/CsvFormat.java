package io.deltagraph.data;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a table writes its cells.
 *
 * @param separator what stands between cells: a comma, a semicolon, a tab or a vertical line
 * @param decimal what stands before decimals: a point or a comma
 */
public record CsvFormat(char separator, char decimal) {
  /** To be found out. */
  private static final char OPEN = 0;

  /** Both are told from the table itself. */
  public static final CsvFormat FOUND = new CsvFormat(OPEN, OPEN);

  private static final String SEPARATORS = ",;\t|";
  private static final int LINES_LOOKED_AT = 200;
  private static final Pattern WITH_COMMA = Pattern.compile("[+-]?\\d+,\\d+(?:[eE][+-]?\\d+)?");
  private static final Pattern WITH_POINT = Pattern.compile("[+-]?\\d+\\.\\d+(?:[eE][+-]?\\d+)?");
  private static final Map<Character, String> WORDS =
      ImmutableMap.of(',', "commas", ';', "semicolons", '\t', "tabs", '|', "vertical lines");

  /** The same with another separator; 0 for the one that the table has. */
  public CsvFormat separatedBy(char other) {
    return new CsvFormat(other, decimal);
  }

  /** The same with another mark before decimals; 0 for the one that the table has. */
  public CsvFormat withDecimal(char other) {
    return new CsvFormat(separator, other);
  }

  /** What is asked for, and for the rest what the first lines of a table look like. */
  CsvFormat in(String start) {
    Iterator<String> lines =
        start.lines().filter(line -> !line.isBlank()).limit(LINES_LOOKED_AT).iterator();
    String names = lines.hasNext() ? lines.next().strip() : "";
    char between = separator == OPEN ? separator(names) : separator;
    if (decimal != OPEN || between == ',') {
      return new CsvFormat(between, decimal == OPEN ? '.' : decimal);
    }
    boolean comma = false;
    Splitter cells = Splitter.on(between).trimResults(CharMatcher.anyOf(" \""));
    while (lines.hasNext()) {
      for (String cell : cells.split(lines.next())) {
        if (WITH_POINT.matcher(cell).matches()) {
          return new CsvFormat(between, '.');
        }
        comma |= WITH_COMMA.matcher(cell).matches();
      }
    }
    return new CsvFormat(between, comma ? ',' : '.');
  }

  /** What the line of names has between them: what there is most of, commas before others. */
  private static char separator(String names) {
    boolean one = names.startsWith("\"") && names.indexOf('"', 1) == names.length() - 1;
    if (one) {
      return ',';
    }
    String bare = names.replaceAll("\"[^\"]*\"", "");
    char best = ',';
    for (int i = 1; i < SEPARATORS.length(); i++) {
      char candidate = SEPARATORS.charAt(i);
      if (count(bare, candidate) > count(bare, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** Writes a cell's decimal comma as a point, where it is a number with one. */
  void normalise(char[] text, int from, int length) {
    if (decimal != ',') {
      return;
    }
    int comma = -1;
    for (int i = from; i < from + length; i++) {
      if (text[i] == ',') {
        if (comma >= 0) {
          return;
        }
        comma = i;
      }
    }
    if (comma >= 0 && WITH_COMMA.matcher(new String(text, from, length).strip()).matches()) {
      text[comma] = '.';
    }
  }

  /** What is not the usual: nothing where cells stand between commas and decimals behind points. */
  public List<String> remarks() {
    String between =
        "cells are separated by " + WORDS.getOrDefault(separator, "'" + separator + "'");
    return decimal == ','
        ? List.of(between, "decimals stand behind commas")
        : separator == ',' ? List.of() : List.of(between);
  }
}
