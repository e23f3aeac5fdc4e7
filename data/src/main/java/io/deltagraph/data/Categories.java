package io.deltagraph.data;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/** The different cells of a column without the spaces around them, and which of them rows have. */
final class Categories {
  private final Codes codes;
  private final int[] places;
  private final List<String> values = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private final Map<String, Integer> known = new HashMap<>();

  Categories(StoredColumn.Coded column) {
    codes = column.codes();
    Words words = column.words();
    places = new int[words.size()];
    for (int code = 0; code < places.length; code++) {
      String value = words.text(code).strip();
      Integer place = known.putIfAbsent(value, values.size());
      if (place == null) {
        place = values.size();
        values.add(value);
        rows.add(words.row(code));
      }
      places[code] = place;
    }
  }

  /** In the order in which they appear first. */
  List<String> values() {
    return Collections.unmodifiableList(values);
  }

  /** The row in which a category appears first. */
  int row(int place) {
    return rows.get(place);
  }

  /** Which category a row has. */
  int place(int row) {
    return places[codes.get(row)];
  }

  /** 1 for the rows of a category and 0 for the others; 0 for all where no row has it. */
  NumberColumn indicator(String category) {
    int wanted = known.getOrDefault(category, -1);
    return (all, from, to, out) -> {
      for (int i = from; i < to; i++) {
        out[i - from] = place(all[i]) == wanted ? 1 : 0;
      }
    };
  }

  /** The category of each row; nothing is copied. */
  List<String> cells() {
    return new Cells();
  }

  private final class Cells extends AbstractList<String> implements RandomAccess {
    @Override
    public String get(int row) {
      return values.get(place(row));
    }

    @Override
    public int size() {
      return codes.size();
    }
  }
}
