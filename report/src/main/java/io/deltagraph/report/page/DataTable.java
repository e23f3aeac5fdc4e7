package io.deltagraph.report.page;

import java.util.ArrayList;
import java.util.List;

/**
 * A table that scrolls inside itself where it is too wide; each method gives another one.
 *
 * @param caption what it shows
 * @param columns their heads; one that starts with {@code #} is of numbers and stands right,
 *     without the sign
 * @param rows the cells
 */
public record DataTable(String caption, List<String> columns, List<List<Content>> rows) {
  private static final String NUMBERS = "#";

  /** Copies. */
  public DataTable {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** A table without rows. */
  public static DataTable of(String caption, String... columns) {
    return new DataTable(caption, List.of(columns), List.of());
  }

  /** With one more row. */
  public DataTable row(Content... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "A row of '%s' has %d cells, got %d.".formatted(caption, columns.size(), cells.length));
    }
    List<List<Content>> more = new ArrayList<>(rows);
    more.add(List.of(cells));
    return new DataTable(caption, columns, more);
  }

  /** With one more row of texts. */
  public DataTable row(String... cells) {
    Content[] contents = new Content[cells.length];
    for (int i = 0; i < cells.length; i++) {
      contents[i] = Content.text(cells[i]);
    }
    return row(contents);
  }

  /** The table; the first cell of each row is its head. */
  public Element element() {
    Element head = Element.of("tr");
    for (String column : columns) {
      head = head.containing(numbers(Element.of("th", name(column)).with("scope", "col"), column));
    }
    List<Element> body = new ArrayList<>();
    for (List<Content> row : rows) {
      List<Element> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        Element cell =
            i == 0
                ? Element.of("th", row.get(i)).with("scope", "row")
                : Element.of("td", row.get(i));
        cells.add(numbers(cell, columns.get(i)));
      }
      body.add(Element.of("tr").containing(cells));
    }
    return scrolling(
        caption,
        Element.of(
            "table",
            Element.of("caption", caption),
            Element.of("thead", head),
            Element.of("tbody").containing(body)));
  }

  /** What may be wider than a phone, in a box that scrolls sideways by itself. */
  public static Element scrolling(String label, Element wide) {
    return Element.of("div", wide)
        .with("class", "scroll")
        .with("role", "region")
        .with("aria-label", label)
        .with("tabindex", "0");
  }

  private static String name(String column) {
    return column.startsWith(NUMBERS) ? column.substring(1) : column;
  }

  private static Element numbers(Element cell, String column) {
    return column.startsWith(NUMBERS) ? cell.with("class", "number") : cell;
  }
}
