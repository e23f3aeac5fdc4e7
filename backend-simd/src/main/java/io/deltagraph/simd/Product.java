package io.deltagraph.simd;

import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Operand;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One matrix product whose output has its columns together, with the strides of all that it reads.
 *
 * @param swapped whether the right operand gives the rows
 * @param firstOffset where the first operand, which gives the rows, begins
 * @param secondOffset where the second one begins
 * @param secondColumn how far its next column lies
 * @param packed whether the second operand is laid out in panels first
 * @param extras how the extras are walked
 * @param extraOffsets where they begin
 */
record Product(
    DType dtype,
    boolean swapped,
    int rows,
    int terms,
    int columns,
    int firstOffset,
    int firstRow,
    int firstTerm,
    int secondOffset,
    int secondTerm,
    int secondColumn,
    boolean packed,
    int outputOffset,
    int outputRow,
    LaneProgram finish,
    boolean plain,
    List<Loop.Walk> extras,
    List<Integer> extraOffsets) {
  /** From here on a tile of twelve rows pays, and a remainder of rows costs little. */
  private static final int MANY_ROWS = 96;

  /** Tiles of one vector hold more rows. */
  private static final int TALL = 16;

  private static final int MOST_ROWS = 12;

  /** A second operand that is read as often as this is worth copying into panels. */
  private static final int WORTH_PACKING = 256;

  /** The product of a step, if it is one of matrices of one float type. */
  static Optional<Product> of(Step.Product step) {
    DType dtype = step.left().type().dtype();
    List<DType> types = new ArrayList<>(List.of(dtype));
    step.extras().forEach(extra -> types.add(extra.type().dtype()));
    if (!dtype.isFloat()
        || step.output().type().dtype() != dtype
        || step.output().elements() == 0
        || types.stream().anyMatch(type -> type != dtype)
        || !LaneCode.covers(step.finish(), dtype, types)) {
      return Optional.empty();
    }
    Optional<Product> straight =
        Axes.of(step, step.left(), step.right(), false).map(axes -> axes.product(step, dtype));
    Optional<Product> swapped =
        Axes.of(step, step.right(), step.left(), true).map(axes -> axes.product(step, dtype));
    return Stream.concat(straight.stream(), swapped.stream())
        .filter(product -> product.extras().stream().allMatch(walk -> walk.column() <= 1))
        .min(Comparator.comparingLong(Product::cost));
  }

  /** About how many vectors and copied elements it takes. */
  private long cost() {
    long vectors = (long) rows * terms * ((columns + width() - 1) / width());
    return vectors + (packed ? 4L * terms * columns : 0);
  }

  /** The letters of a product of two matrices: rows from the first, columns from the second. */
  private record Axes(
      boolean swapped,
      Operand first,
      String firstLabels,
      Operand second,
      String secondLabels,
      String output,
      String row,
      String term,
      String column) {

    /** Empty if there is a batch, several axes of a sort, or the columns do not lie together. */
    static Optional<Axes> of(Step.Product step, Operand first, Operand second, boolean swapped) {
      String f = swapped ? step.subscripts().right() : step.subscripts().left();
      String s = swapped ? step.subscripts().left() : step.subscripts().right();
      String o = step.subscripts().output();
      String row = kept(f, o);
      String column = kept(s, o);
      String term = f.replace(row, "");
      boolean matrices =
          row.length() <= 1
              && column.length() <= 1
              && term.length() <= 1
              && s.replace(column, "").equals(term)
              && o.length() == row.length() + column.length();
      if (!matrices) {
        return Optional.empty();
      }
      Axes axes = new Axes(swapped, first, f, second, s, o, row, term, column);
      return axes.size(second, s, column) == 1 || axes.stride(step.output(), o, column) == 1
          ? Optional.of(axes)
          : Optional.empty();
    }

    private static String kept(String labels, String output) {
      StringBuilder kept = new StringBuilder();
      labels
          .chars()
          .filter(label -> output.indexOf(label) >= 0)
          .forEach(label -> kept.append((char) label));
      return kept.toString();
    }

    private int stride(Operand operand, String labels, String label) {
      return label.isEmpty() || operand.type().shape().dim(labels.indexOf(label)).size() == 1
          ? 0
          : operand.layout().strides().get(labels.indexOf(label));
    }

    private int size(Operand operand, String labels, String label) {
      return label.isEmpty() ? 1 : operand.type().shape().dim(labels.indexOf(label)).size();
    }

    Product product(Step.Product step, DType dtype) {
      List<Loop.Walk> walks = new ArrayList<>();
      List<Integer> offsets = new ArrayList<>();
      for (Operand extra : step.extras()) {
        walks.add(new Loop.Walk(dtype, stride(extra, output, row), stride(extra, output, column)));
        offsets.add(extra.layout().offset());
      }
      int rows = size(first, firstLabels, row);
      int columns = size(second, secondLabels, column);
      int secondColumn = stride(second, secondLabels, column);
      int secondTerm = stride(second, secondLabels, term);
      boolean far = rows >= WORTH_PACKING && secondTerm >= 1024;
      return new Product(
          dtype,
          swapped,
          rows,
          size(first, firstLabels, term),
          columns,
          first.layout().offset(),
          stride(first, firstLabels, row),
          stride(first, firstLabels, term),
          second.layout().offset(),
          secondTerm,
          secondColumn,
          far || (columns > 1 && secondColumn != 1),
          step.output().layout().offset(),
          stride(step.output(), output, row),
          step.finish(),
          step.isPlain(),
          List.copyOf(walks),
          List.copyOf(offsets));
    }
  }

  private int width() {
    return VectorCode.lanes(dtype);
  }

  /** The number of columns of every panel but the last. */
  int panelColumns() {
    return 2 * width();
  }

  int panels() {
    return (columns + panelColumns() - 1) / panelColumns();
  }

  /** The number of rows of a tile. */
  int tileRows() {
    int most = columns <= width() ? TALL : MOST_ROWS;
    if (rows >= MANY_ROWS || rows <= most) {
      return Math.min(rows, most);
    }
    int best = most;
    for (int height = most; height >= most / 2; height--) {
      if (rows % height == 0) {
        return height;
      }
      if (rows % height > rows % best) {
        best = height;
      }
    }
    return best;
  }

  int restRows() {
    return rows % tileRows();
  }

  /** The kernel for tiles of that many rows of a panel. */
  Tile tile(int panel, int height) {
    int count = Math.min(panelColumns(), columns - panel * panelColumns());
    int vectors = (count + width() - 1) / width();
    return new Tile(
        dtype,
        height,
        vectors,
        count - (vectors - 1) * width(),
        terms,
        firstRow,
        firstTerm,
        packed ? count : secondTerm,
        outputRow,
        finish,
        plain,
        extras);
  }

  /** Where the arrays of the tiles of a panel begin, from a row on. */
  void place(int panel, int row, int[] offsets) {
    int column = panel * panelColumns();
    offsets[0] = firstOffset + row * firstRow;
    offsets[1] = packed ? column * terms : secondOffset + column * secondColumn;
    offsets[2] = outputOffset + row * outputRow + column;
    for (int i = 0; i < extras.size(); i++) {
      Loop.Walk walk = extras.get(i);
      offsets[3 + i] = extraOffsets.get(i) + row * walk.row() + column * walk.column();
    }
  }
}
