package io.deltagraph.cli;

import io.deltagraph.data.metrics.ConfusionMatrix;
import io.deltagraph.print.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which classes were taken for which: the whole matrix, or the worst of it where it is large. */
final class ConfusionsText {
  /** The most classes, or confusions, that are shown. */
  static final int MOST = 20;

  private ConfusionsText() {}

  /** Rows of one class that were taken for another. */
  private record Confusion(int truth, int predicted, int rows) {}

  static String of(ConfusionMatrix confusion) {
    return confusion.classNames().size() <= MOST ? matrix(confusion) : worst(confusion);
  }

  /** Rows are the true classes, columns the predicted ones. */
  private static String matrix(ConfusionMatrix confusion) {
    List<String> titles = new ArrayList<>();
    titles.add("true \\ predicted");
    titles.addAll(confusion.classNames());
    titles.add("rows");
    TextTable table = TextTable.of(titles);
    for (int i = 0; i < confusion.classNames().size(); i++) {
      List<String> cells = new ArrayList<>();
      cells.add(confusion.classNames().get(i));
      for (int j = 0; j < confusion.classNames().size(); j++) {
        // A dot where nothing was confused lets the mistakes stand out.
        cells.add(confusion.at(i, j) == 0 ? "·" : Integer.toString(confusion.at(i, j)));
      }
      cells.add(Integer.toString(confusion.support(i)));
      table.row(cells);
    }
    return table.text();
  }

  private static String worst(ConfusionMatrix confusion) {
    List<Confusion> all = new ArrayList<>();
    List<String> names = confusion.classNames();
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < names.size(); j++) {
        if (i != j && confusion.at(i, j) > 0) {
          all.add(new Confusion(i, j, confusion.at(i, j)));
        }
      }
    }
    if (all.isEmpty()) {
      return "No class was taken for another.\n";
    }
    TextTable table = TextTable.of("true", "predicted", "rows", "of");
    all.stream()
        .sorted(Comparator.comparingInt(Confusion::rows).reversed())
        .limit(MOST)
        .forEach(one ->
            table.row(
                names.get(one.truth()),
                names.get(one.predicted()),
                Integer.toString(one.rows()),
                Integer.toString(confusion.support(one.truth()))));
    return table.text()
        + (all.size() > MOST
            ? "The worst confusions, " + MOST + " of " + all.size() + "; --json has all of them.\n"
            : "");
  }
}
