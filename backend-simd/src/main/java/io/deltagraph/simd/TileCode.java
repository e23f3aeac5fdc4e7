package io.deltagraph.simd;

import io.deltagraph.graph.LaneOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Arrays;
import java.util.Collections;

/** Writes a {@link TileKernel}: the microkernel of a product. */
final class TileCode {
  /** How many registers there are for sums, operands and constants. */
  private static final int REGISTERS = VectorCode.registers() - 2;

  /** How many more a minimum or maximum needs, because of its rules for NaN and −0. */
  private static final int REGISTERS_OF_EXTREMES = 3;

  private final TileKernel kernel;
  private final TileKernel.TileSizes sizes;
  private final TileKernel.TileStrides strides;
  private final VectorCode code;
  private final CodeBuilder b;
  private final LaneCode epilogue;
  private final int waiting;
  private final Cursor[] cursors;
  private final int width;
  private final int lastMask;

  TileCode(TileKernel kernel, VectorCode code) {
    this.kernel = kernel;
    this.code = code;
    sizes = kernel.sizes();
    strides = kernel.strides();
    b = code.code();
    width = VectorCode.lanes(kernel.dtype());
    int extras = kernel.epilogue().extras().size();
    epilogue =
        new LaneCode(
            code,
            kernel.epilogue().program(),
            kernel.dtype(),
            Collections.nCopies(1 + extras, kernel.dtype()));
    waiting = TileKernel.EXTRAS + extras;
    cursors = new Cursor[waiting + 1];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = code.cursor(i, tileDistance(i));
    }
    lastMask = code.mask(sizes.lastLanes());
  }

  /** The distance from a tile to the next in an array. */
  private int tileDistance(int array) {
    return array == TileKernel.FIRST ? strides.firstTile() : sizes.rows() * rowDistance(array);
  }

  /** The distance from a row to the next in an array that is used after the last term. */
  private int rowDistance(int array) {
    return switch (array) {
      case TileKernel.FIRST, TileKernel.SECOND -> 0;
      case TileKernel.OUTPUT -> strides.outputRow();
      default ->
          array < waiting
              ? kernel.epilogue().extras().get(array - TileKernel.EXTRAS).row()
              : sumsDistance();
    };
  }

  /**
   * The distance from a row to the next in the array of sums. If the sums of a tile need not wait
   * for another part of the terms, all tiles use the same place.
   */
  private int sumsDistance() {
    boolean wait = !kernel.stage().startsAtZero() || !kernel.stage().isLast();
    return wait ? sizes.vectors() * width : 0;
  }

  void write() {
    int[][] held = kernel.holdsPanel() ? loadPanel() : new int[0][];
    int tile = code.newInt();
    b.iload(GeneratedKernels.FROM).istore(tile);
    Label start = b.newLabel();
    Label end = b.newLabel();
    b.labelBinding(start).iload(tile).iload(GeneratedKernels.TO).if_icmpge(end);
    if (kernel.holdsPanel()) {
      writeRows(held);
    } else {
      writeTile();
    }
    for (int i = 0; i < cursors.length; i++) {
      if (tileDistance(i) != 0) {
        code.advance(cursors[i], tileDistance(i));
      }
    }
    b.iinc(tile, 1).goto_(start).labelBinding(end).return_();
  }

  private int mask(int vector) {
    return vector == sizes.vectors() - 1 ? lastMask : VectorCode.ALL_LANES;
  }

  private int[] newVectors(int count) {
    int[] vectors = new int[count];
    Arrays.setAll(vectors, i -> code.newReference());
    return vectors;
  }

  /** Loads all vectors of the second operand, by term. */
  private int[][] loadPanel() {
    int[][] columns = new int[sizes.terms()][sizes.vectors()];
    for (int term = 0; term < sizes.terms(); term++) {
      for (int v = 0; v < sizes.vectors(); v++) {
        columns[term][v] = code.newReference();
        code.load(cursors[TileKernel.SECOND], term * strides.secondTerm() + v * width, mask(v));
        b.astore(columns[term][v]);
      }
    }
    return columns;
  }

  /** Computes the rows of a tile one after another, with the panel in registers. */
  private void writeRows(int[][] columns) {
    int factor = code.newReference();
    int[] sums = newVectors(sizes.vectors());
    for (int row = 0; row < sizes.rows(); row++) {
      for (int sum : sums) {
        code.constant(0);
        b.astore(sum);
      }
      for (int term = 0; term < sizes.terms(); term++) {
        code.broadcast(
            cursors[TileKernel.FIRST], row * strides.firstRow() + term * strides.firstTerm());
        b.astore(factor);
        for (int v = 0; v < sums.length; v++) {
          addProduct(factor, columns[term][v], sums[v]);
        }
      }
      for (int v = 0; v < sums.length; v++) {
        finish(sums[v], cursors, row, v);
      }
    }
  }

  /** Writes {@code sum = factor * column + sum}. */
  private void addProduct(int factor, int column, int sum) {
    b.aload(factor).aload(column).aload(sum);
    code.fma();
    b.astore(sum);
  }

  /** Computes all sums of a tile at the same time. */
  private void writeTile() {
    int[] sums = startSums();
    Cursor first = new Cursor(cursors[TileKernel.FIRST].array(), code.newInt());
    Cursor second = new Cursor(cursors[TileKernel.SECOND].array(), code.newInt());
    int term = code.newInt();
    int[] columns = newVectors(sizes.vectors());
    int factor = code.newReference();
    b.iload(cursors[TileKernel.FIRST].index()).istore(first.index());
    b.iload(cursors[TileKernel.SECOND].index()).istore(second.index());
    code.loop(
        term,
        sizes.terms(),
        1,
        () -> {
          for (int v = 0; v < columns.length; v++) {
            code.load(second, v * width, mask(v));
            b.astore(columns[v]);
          }
          for (int row = 0; row < sizes.rows(); row++) {
            code.broadcast(first, row * strides.firstRow());
            b.astore(factor);
            for (int v = 0; v < columns.length; v++) {
              addProduct(factor, columns[v], sums[row * columns.length + v]);
            }
          }
          code.advance(first, strides.firstTerm());
          code.advance(second, strides.secondTerm());
        });
    endSums(sums);
  }

  /** The sums of a tile, row by row, as they are before the first term. */
  private int[] startSums() {
    int[] sums = new int[sizes.rows() * sizes.vectors()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = code.newReference();
      if (kernel.stage().startsAtZero()) {
        code.constant(0);
      } else {
        code.load(cursors[waiting], i * width, VectorCode.ALL_LANES);
      }
      b.astore(sums[i]);
    }
    return sums;
  }

  /** Finishes the sums of a tile, or has them wait. */
  private void endSums(int[] sums) {
    boolean last = kernel.stage().isLast();
    boolean fromMemory = last && !kernel.epilogue().isIdentity() && isCrowded();
    for (int i = 0; i < sums.length; i++) {
      if (last && !fromMemory) {
        finish(sums[i], cursors, i / sizes.vectors(), i % sizes.vectors());
      } else {
        b.aload(sums[i]);
        code.castToSpecies();
        code.store(cursors[waiting], i * width, VectorCode.ALL_LANES);
      }
    }
    if (fromMemory) {
      finishFromMemory(sums);
    }
  }

  /** Whether the epilogue needs more registers than the sums and the operands leave. */
  private boolean isCrowded() {
    boolean extreme =
        kernel.epilogue().program().code().stream()
            .anyMatch(one -> one.op() == LaneOp.MINIMUM || one.op() == LaneOp.MAXIMUM);
    int constants =
        kernel.epilogue().program().constants().size() + (extreme ? REGISTERS_OF_EXTREMES : 0);
    return (sizes.rows() + 1) * sizes.vectors() + 2 + constants > REGISTERS;
  }

  /**
   * Finishes the sums row by row from memory. If the epilogue needed its registers while all sums
   * are alive, the compiler would keep half of the sums in memory in the loop over the terms.
   */
  private void finishFromMemory(int[] sums) {
    Cursor[] ofRow = cursors.clone();
    for (int i = TileKernel.OUTPUT; i < ofRow.length; i++) {
      ofRow[i] = new Cursor(cursors[i].array(), code.newInt());
      b.iload(cursors[i].index()).istore(ofRow[i].index());
    }
    code.loop(
        code.newInt(),
        sizes.rows(),
        1,
        () -> {
          for (int v = 0; v < sizes.vectors(); v++) {
            code.load(ofRow[waiting], v * width, VectorCode.ALL_LANES);
            b.astore(sums[v]);
            finish(sums[v], ofRow, 0, v);
          }
          for (int i = TileKernel.OUTPUT; i < ofRow.length; i++) {
            int distance = i < waiting ? rowDistance(i) : sizes.vectors() * width;
            if (distance != 0) {
              code.advance(ofRow[i], distance);
            }
          }
        });
  }

  /** Runs the epilogue on a vector of sums, and stores it. */
  private void finish(int sum, Cursor[] at, int row, int vector) {
    b.aload(sum);
    code.castToSpecies();
    if (!kernel.epilogue().isIdentity()) {
      b.astore(epilogue.input(0));
      for (int i = 0; i < kernel.epilogue().extras().size(); i++) {
        loadExtra(i, at, row, vector);
        b.astore(epilogue.input(1 + i));
      }
      epilogue.write();
      b.aload(epilogue.output(0));
    }
    code.store(at[TileKernel.OUTPUT], row * strides.outputRow() + vector * width, mask(vector));
  }

  private void loadExtra(int number, Cursor[] at, int row, int vector) {
    MatrixStrides extra = kernel.epilogue().extras().get(number);
    int offset = row * extra.row() + vector * width * extra.column();
    if (extra.column() == 0) {
      code.broadcast(at[TileKernel.EXTRAS + number], offset);
    } else {
      code.load(at[TileKernel.EXTRAS + number], offset, mask(vector));
    }
  }
}
