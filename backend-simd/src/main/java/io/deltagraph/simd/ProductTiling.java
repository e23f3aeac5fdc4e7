package io.deltagraph.simd;

import io.deltagraph.plan.Step;
import io.deltagraph.type.DType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the products of a step are cut into pieces. The columns of the output are cut into
 * <em>panels</em> of a few vectors, and the rows of a panel into <em>tiles</em>. A kernel computes
 * one tile, with all its sums in registers. If there are many terms, they are added in
 * <em>parts</em>, so that the elements of the second operand for one part of a panel stay in the
 * cache. An operand may be <em>packed</em> first: copied in the order in which the kernels read it.
 *
 * @param matrices what is multiplied
 * @param epilogue what is done to the sums
 * @param packsFirst whether the first operand is packed, tile by tile
 * @param packsSecond whether the second operand is packed, panel by panel
 */
record ProductTiling(
    ProductMatrices matrices, Epilogue epilogue, boolean packsFirst, boolean packsSecond) {
  private static final int REGISTERS = VectorCode.registers();

  /** The most rows of a tile of two vectors, so that all its sums stay in registers. */
  private static final int MOST_ROWS = REGISTERS * 3 / 8;

  /** The most rows of a tile of one vector. */
  private static final int MOST_ROWS_OF_ONE_VECTOR = REGISTERS / 2;

  /**
   * With this number of rows or more, all tiles have {@link #MOST_ROWS}. The last tile may then
   * have few rows, which is slow, but it is one of many.
   */
  private static final int MANY_ROWS = 96;

  /**
   * With this number of rows or fewer, panels have more vectors. A sum takes its terms one after
   * another, so a kernel is fast only if it computes many sums at a time.
   */
  private static final int FEW_ROWS = 2;

  /**
   * A large operand is packed if its elements lie this number of bytes apart or more. Otherwise, a
   * cache line would be read for each of its elements.
   */
  private static final int FAR_BYTES = 1024;

  /** The most bytes of a part of a panel. Some of these fit into the second-level cache. */
  private static final int PANEL_BYTES = 128 * 1024;

  /**
   * With this number of terms or fewer, a kernel holds all vectors of a panel in registers while it
   * computes one row after another.
   */
  private static final int FEW_TERMS = 12;

  /** How many registers such a kernel uses for them. */
  private static final int HELD_REGISTERS = REGISTERS * 3 / 4;

  /** The most vectors of a panel of such a kernel. */
  private static final int MOST_HELD_VECTORS = 8;

  /** The rows of a tile of such a kernel, which has code for each of them. */
  private static final int HELD_ROWS = 4;

  /** With fewer rows, it does not pay to load all vectors first. */
  private static final int WORTH_HOLDING = 16;

  /** The tiling of a step; empty if vectors cannot compute it. */
  static Optional<ProductTiling> of(Step.Product step) {
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
    return Stream.of(false, true)
        .flatMap(swapped -> ProductAxes.matrices(step, swapped).stream())
        .map(matrices -> of(step, matrices))
        .min(Comparator.comparingLong(ProductTiling::cost));
  }

  private static ProductTiling of(Step.Product step, ProductMatrices matrices) {
    OperandStrides first = matrices.strides().first();
    OperandStrides second = matrices.strides().second();
    boolean large = matrices.sizes().isLarge();
    int far = FAR_BYTES / matrices.dtype().bytes();
    return new ProductTiling(
        matrices,
        new Epilogue(step.finish(), step.isPlain(), matrices.strides().extras()),
        large && first.term() != 1 && Math.max(first.line(), first.term()) >= far,
        (large && second.term() >= far) || (matrices.sizes().columns() > 1 && second.line() != 1));
  }

  private ProductMatrices.Sizes sizes() {
    return matrices.sizes();
  }

  private int width() {
    return VectorCode.lanes(matrices.dtype());
  }

  /** About how many vectors are multiplied, and elements of the second operand copied. */
  private long cost() {
    long vectors =
        (long) sizes().rows() * sizes().terms() * Math.ceilDiv(sizes().columns(), width());
    return vectors + (packsSecond ? (long) sizes().terms() * sizes().columns() / 4 : 0);
  }

  /** The number of columns of every panel but the last. */
  int panelColumns() {
    int rows = sizes().rows();
    if (holdsPanels()) {
      return Math.min(MOST_HELD_VECTORS, HELD_REGISTERS / Math.max(1, sizes().terms())) * width();
    }
    int vectors = rows <= FEW_ROWS ? REGISTERS / 4 : rows <= 2 * FEW_ROWS ? REGISTERS / 8 : 2;
    return vectors * width();
  }

  /** Whether the kernels hold all vectors of a panel in registers. */
  private boolean holdsPanels() {
    return sizes().terms() <= FEW_TERMS && sizes().rows() >= WORTH_HOLDING;
  }

  /** The number of panels. */
  int panels() {
    return Math.ceilDiv(sizes().columns(), panelColumns());
  }

  /** The number of columns of a panel. */
  int columnsOf(int panel) {
    return Math.min(panelColumns(), sizes().columns() - panel * panelColumns());
  }

  /** The number of rows of a tile. */
  int tileRows() {
    int rows = sizes().rows();
    if (holdsPanels()) {
      return Math.min(rows, HELD_ROWS);
    }
    int most = sizes().columns() <= width() ? MOST_ROWS_OF_ONE_VECTOR : MOST_ROWS;
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

  /** The number of rows of the last tile, if it has fewer than the others; else 0. */
  int restRows() {
    return sizes().rows() % tileRows();
  }

  /** The number of terms of every part but the last. */
  int partTerms() {
    int terms = sizes().terms();
    if (sizes().rows() < MANY_ROWS || terms == 0) {
      return terms;
    }
    int most = PANEL_BYTES / (panelColumns() * matrices.dtype().bytes());
    int even = Math.ceilDiv(terms, Math.ceilDiv(terms, most));
    return Math.ceilDiv(even, width()) * width();
  }

  /** The number of parts. */
  int parts() {
    return sizes().terms() == 0 ? 1 : Math.ceilDiv(sizes().terms(), partTerms());
  }

  /** The number of terms of a part. */
  int termsOf(int part) {
    return Math.min(partTerms(), sizes().terms() - part * partTerms());
  }

  /** The kernel for tiles of {@code rows} rows of a panel, for one part of the terms. */
  TileKernel kernel(int rows, int panel, int part) {
    int columns = columnsOf(panel);
    int vectors = Math.ceilDiv(columns, width());
    OperandStrides first = matrices.strides().first();
    OperandStrides second = matrices.strides().second();
    return new TileKernel(
        matrices.dtype(),
        new TileKernel.TileSizes(rows, vectors, columns - (vectors - 1) * width(), termsOf(part)),
        new TileKernel.TileStrides(
            packsFirst ? 1 : first.line(),
            packsFirst ? rows : first.term(),
            packsFirst ? rows * sizes().terms() : rows * first.line(),
            packsSecond ? columns : second.term(),
            matrices.strides().outputRow()),
        new TileKernel.SumStage(parts() == 1, part == parts() - 1),
        epilogue,
        holdsPanels());
  }
}
