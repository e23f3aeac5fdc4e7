package io.deltagraph.simd;

import com.google.common.primitives.ImmutableIntArray;
import io.deltagraph.type.DType;

/**
 * Where the elements of a product's operand lie: in the plan's buffer, and where the kernels read
 * them, which is another buffer if the operand is packed. A packed operand consists of panels of
 * some lines each; the panels of the first operand are the tiles of rows. In a panel, one term
 * follows another, and a term has the numbers of all lines of the panel.
 */
final class OperandPlaces {
  /**
   * About how many vectors of lines are packed at a time, of one panel or of several narrow ones.
   * With 16, the compiler left them as objects now and then.
   */
  private static final int VECTORS_AT_ONCE = 4;

  /** How much of an operand is packed at a time. */
  enum Packing {
    /** Nothing. */
    NONE,
    /** All panels, before the product begins. */
    WHOLE,
    /** A part of the terms of a group of panels at a time, always to the same place. */
    BY_PARTS
  }

  private final Packing packing;
  private final DType dtype;
  private final OperandStrides strides;
  private final ImmutableIntArray starts;
  private final int matrices;
  private final int lines;
  private final int terms;
  private final int panelLines;
  private final int panelDistance;
  private final int panelsAtOnce;

  private OperandPlaces(
      ProductTiling tiling, ProductBlocks blocks, boolean first, Packing packing) {
    this.packing = packing;
    ProductMatrices product = tiling.matrices();
    dtype = product.dtype();
    strides = first ? product.strides().first() : product.strides().second();
    starts = product.starts().get(first ? 0 : 1);
    matrices =
        starts.asList().stream().allMatch(start -> start == starts.get(0)) ? 1 : starts.length();
    lines = first ? product.sizes().rows() : product.sizes().columns();
    terms = product.sizes().terms();
    panelLines = first ? tiling.tileRows() : tiling.panelColumns();
    int vectors = Math.ceilDiv(panelLines, VectorCode.lanes(dtype));
    boolean parts = packing == Packing.BY_PARTS;
    panelDistance = panelLines * (parts ? tiling.partTerms() : terms);
    panelsAtOnce = parts ? blocks.panelsOfGroup() : Math.max(1, VECTORS_AT_ONCE / vectors);
  }

  /** The places of the operand that has the rows. */
  static OperandPlaces first(ProductTiling tiling, ProductBlocks blocks) {
    return new OperandPlaces(
        tiling, blocks, true, tiling.packsFirst() ? Packing.WHOLE : Packing.NONE);
  }

  /**
   * The places of the operand that has the columns. If it is large, and all rows are in one block,
   * only one unit of a product needs a panel: it packs its own panels right before it uses them.
   */
  static OperandPlaces second(ProductTiling tiling, ProductBlocks blocks) {
    boolean byParts = tiling.matrices().sizes().isLarge() && blocks.blocks() == 1;
    Packing packing = byParts ? Packing.BY_PARTS : Packing.WHOLE;
    return new OperandPlaces(tiling, blocks, false, tiling.packsSecond() ? packing : Packing.NONE);
  }

  /** How much is packed at a time. */
  Packing packing() {
    return packing;
  }

  /** The type of all numbers. */
  DType dtype() {
    return dtype;
  }

  /** The strides in the plan's buffer. */
  OperandStrides strides() {
    return strides;
  }

  /** The number of matrices: one if all products of the batch share it. */
  int matrices() {
    return matrices;
  }

  /** The number of lines of a matrix. */
  int lines() {
    return lines;
  }

  /** The number of terms of a line. */
  int terms() {
    return terms;
  }

  /** The number of lines of every panel but the last. */
  int panelLines() {
    return panelLines;
  }

  /** The number of lines of a panel. */
  int linesOf(int panel) {
    return Math.min(panelLines, lines - panel * panelLines);
  }

  /** The number of panels. */
  int panels() {
    return Math.ceilDiv(lines, panelLines);
  }

  /** How many panels are packed at a time. */
  int panelsAtOnce() {
    return panelsAtOnce;
  }

  /** The distance from a packed panel to the next. */
  int panelDistance() {
    return panelDistance;
  }

  /** The number of elements of all packed panels, or of those that are packed at a time. */
  int packedElements() {
    return packing == Packing.WHOLE
        ? Math.multiplyExact(Math.multiplyExact(matrices, lines), terms)
        : panelsAtOnce * panelDistance;
  }

  /** Where a term of a panel begins in the plan's buffer, for one product of the batch. */
  int source(int batch, int panel, int term) {
    return starts.get(batch) + term * strides.term() + panel * panelLines * strides.line();
  }

  /** Where it begins in the buffer from which the kernels read. */
  int read(int batch, int panel, int term) {
    return switch (packing) {
      case NONE -> source(batch, panel, term);
      case WHOLE -> {
        int matrix = matrices == 1 ? 0 : batch;
        yield matrix * lines * terms + panel * panelDistance + term * linesOf(panel);
      }
      case BY_PARTS -> panel % panelsAtOnce * panelDistance;
    };
  }
}
