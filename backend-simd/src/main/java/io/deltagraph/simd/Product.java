package io.deltagraph.simd;

import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A batch of matrix products whose output has its columns together, with the strides of all that it
 * reads.
 *
 * @param swapped whether the right operand of the step gives the rows
 * @param packedFirst whether the operand that gives the rows is laid out in tiles first
 * @param packedSecond whether the other one is laid out in panels first
 * @param outputRow how far the next row of the output lies
 * @param extras how the extras are walked
 * @param starts where both operands, the output and the extras begin in each product of the batch
 */
record Product(
    DType dtype,
    boolean swapped,
    Size size,
    Side first,
    Side second,
    boolean packedFirst,
    boolean packedSecond,
    int outputRow,
    LaneProgram finish,
    boolean plain,
    List<Loop.Walk> extras,
    List<ImmutableIntArray> starts) {
  /** From here on a remainder of rows costs little. */
  private static final int MANY_ROWS = 96;

  private static final int REGISTERS = VectorCode.registers();

  /** The rows of a tile of two vectors, whose sums stay in registers. */
  private static final int MOST_ROWS = REGISTERS * 3 / 8;

  /** Tiles of one vector hold more rows. */
  private static final int TALL = REGISTERS / 2;

  /** Up to here tiles hold more vectors, since a sum takes one term at a time. */
  private static final int FEW_ROWS = 2;

  /** An operand that is read as often as this by others is worth copying. */
  private static final int WORTH_PACKING = 128;

  /** Bytes between terms from which on an operand is read a cache line at a time. */
  private static final int FAR = 1024;

  /** Bytes of a panel that stay in the second-level cache, as those of a few panels do. */
  private static final int PANEL_BYTES = 128 * 1024;

  /** Up to so many terms, those of a panel stay in registers while the rows go by. */
  private static final int FEW_TERMS = 12;

  /** How many registers they take, and how many rows are written out then. */
  private static final int HELD = REGISTERS * 3 / 4;

  private static final int HELD_ROWS = 4;

  /** Fewer rows do not make up for loading them. */
  private static final int WORTH_HOLDING = 16;

  /** How many products there are, and their sizes. */
  record Size(int batch, int rows, int terms, int columns) {
    /** Whether copying an operand is little beside the product. */
    boolean isLarge() {
      return Math.min(Math.min(rows, columns), terms) >= WORTH_PACKING;
    }
  }

  /** How far the next row or column, and the next term, lie in an operand. */
  record Side(int lane, int term) {}

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
    return Stream.of(Axes.product(step, dtype, false), Axes.product(step, dtype, true))
        .flatMap(Optional::stream)
        .min(Comparator.comparingLong(Product::cost));
  }

  static Product of(
      Step.Product step,
      boolean swapped,
      Size size,
      Side first,
      Side second,
      int outputRow,
      List<Loop.Walk> extras,
      List<ImmutableIntArray> starts) {
    DType dtype = step.left().type().dtype();
    int bytes = dtype.bytes();
    boolean large = size.isLarge();
    return new Product(
        dtype,
        swapped,
        size,
        first,
        second,
        large && first.term != 1 && Math.max(first.lane, first.term) * bytes >= FAR,
        (large && second.term * bytes >= FAR) || (size.columns > 1 && second.lane != 1),
        outputRow,
        step.finish(),
        step.isPlain(),
        extras,
        starts);
  }

  /** About how many vectors and copied elements it takes. */
  private long cost() {
    long vectors = (long) size.rows * size.terms * Math.ceilDiv(size.columns, width());
    return vectors + (packedSecond ? (long) size.terms * size.columns / 4 : 0);
  }

  int width() {
    return VectorCode.lanes(dtype);
  }

  /** The number of columns of every panel but the last. */
  int panelColumns() {
    if (isHeld()) {
      return Math.min(8, HELD / Math.max(1, size.terms)) * width();
    }
    return (size.rows <= FEW_ROWS ? REGISTERS / 4 : size.rows <= 2 * FEW_ROWS ? REGISTERS / 8 : 2)
        * width();
  }

  /** Whether the second operand's part of a panel stays in registers. */
  private boolean isHeld() {
    return size.terms <= FEW_TERMS && size.rows >= WORTH_HOLDING;
  }

  int panels() {
    return Math.ceilDiv(size.columns, panelColumns());
  }

  /** The number of columns of a panel. */
  int columns(int panel) {
    return Math.min(panelColumns(), size.columns - panel * panelColumns());
  }

  /** The number of rows of a tile. */
  int tileRows() {
    int rows = size.rows;
    if (isHeld()) {
      return Math.min(rows, HELD_ROWS);
    }
    int most = size.columns <= width() ? TALL : MOST_ROWS;
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
    return size.rows % tileRows();
  }

  /** The number of terms that are added before the next tile has its turn. */
  int partTerms() {
    if (size.rows < MANY_ROWS || size.terms == 0) {
      return size.terms;
    }
    int most = PANEL_BYTES / (panelColumns() * dtype.bytes());
    int even = Math.ceilDiv(size.terms, Math.ceilDiv(size.terms, most));
    return Math.ceilDiv(even, width()) * width();
  }

  int parts() {
    return size.terms == 0 ? 1 : Math.ceilDiv(size.terms, partTerms());
  }

  /** The kernel for tiles of that many rows of a panel, for one part of the terms. */
  Tile tile(int panel, int height, int part) {
    int count = columns(panel);
    int vectors = Math.ceilDiv(count, width());
    int terms = Math.min(partTerms(), size.terms - part * partTerms());
    return new Tile(
        dtype,
        height,
        vectors,
        count - (vectors - 1) * width(),
        terms,
        packedFirst ? 1 : first.lane,
        packedFirst ? height : first.term,
        packedFirst ? height * size.terms : height * first.lane,
        packedSecond ? count : second.term,
        outputRow,
        finish,
        plain,
        isHeld(),
        parts() == 1,
        part == parts() - 1,
        extras);
  }

  /** Whether each unit packs its panels of the second operand, since no other needs them. */
  boolean packsLate(Blocks blocks) {
    return packedSecond && size.isLarge() && blocks.blocks() == 1;
  }

  /** How many copies of an operand are packed: one if the batch shares it. */
  int copies(int operand) {
    ImmutableIntArray all = starts.get(operand);
    return all.asList().stream().allMatch(start -> start == all.get(0)) ? 1 : size.batch;
  }
}
