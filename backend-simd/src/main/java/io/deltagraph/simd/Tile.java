package io.deltagraph.simd;

import io.deltagraph.graph.LaneOp;
import io.deltagraph.plan.LaneProgram;
import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Collections;
import java.util.List;

/**
 * A product kernel: rows of {@code height} elements times {@code vectors} vectors of the output at
 * a time, whose sums stay in registers. All strides are literals.
 *
 * @param dtype the float type
 * @param height the rows of a tile
 * @param vectors the vectors of a row
 * @param tail the lanes of the last vector that are used
 * @param terms the number of terms of a sum
 * @param firstRow how far the next row of the first operand lies
 * @param firstTerm how far its next term lies
 * @param firstTile how far its next tile lies
 * @param secondTerm how far the next term of the second operand lies, whose columns lie together
 * @param outputRow how far the next row of the output lies, whose columns lie together
 * @param finish what is done to the sums
 * @param held whether all vectors of the second operand stay in registers, and a row is finished
 *     before the next one; else all sums of a tile stay there
 * @param begins whether the sums start at 0 and not where the last part of the terms left them
 * @param ends whether these are the last terms
 * @param extras how the extras of the finish are walked
 */
record Tile(
    DType dtype,
    int height,
    int vectors,
    int tail,
    int terms,
    int firstRow,
    int firstTerm,
    int firstTile,
    int secondTerm,
    int outputRow,
    LaneProgram finish,
    boolean plain,
    boolean held,
    boolean begins,
    boolean ends,
    List<Loop.Walk> extras) {
  /** How many registers a loop over the terms can fill, and what its finish may hold of them. */
  private static final int REGISTERS = VectorCode.registers() - 2;

  /** What a minimum or maximum needs beside its operands: it knows of -0 and NaN. */
  private static final int EXTREME = 3;

  /**
   * Writes the kernel: first, second, output, extras, sums of the terms before; the range is one of
   * tiles.
   */
  void write(CodeBuilder builder) {
    new Writer(new VectorCode(builder, dtype)).write();
  }

  /** Whether the finish asks for registers that the sums and the operands have. */
  private boolean isCrowded() {
    boolean extreme =
        finish.code().stream()
            .anyMatch(one -> one.op() == LaneOp.MINIMUM || one.op() == LaneOp.MAXIMUM);
    int constants = finish.constants().size() + (extreme ? EXTREME : 0);
    return (height + 1) * vectors + 2 + constants > REGISTERS;
  }

  private final class Writer {
    private final VectorCode code;
    private final CodeBuilder b;
    private final LaneCode lanes;
    private final int[] arrays = new int[4 + extras.size()];
    private final int[] places = new int[arrays.length];
    private final int width = VectorCode.lanes(dtype);
    private final int mask;

    Writer(VectorCode code) {
      this.code = code;
      this.b = code.code();
      this.lanes = new LaneCode(code, finish, dtype, Collections.nCopies(1 + extras.size(), dtype));
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = code.array(i, code.array());
        places[i] = code.place(i, step(i));
      }
      mask = code.mask(tail);
    }

    /** How far the next tile of an array lies. */
    private int step(int array) {
      return array == 0 ? firstTile : height * row(array);
    }

    /** How far the next row of an array lies that has a part in the finish. */
    private int row(int array) {
      return switch (array) {
        case 0, 1 -> 0;
        case 2 -> outputRow;
        default -> array < arrays.length - 1 ? extras.get(array - 3).row() : sumsRow();
      };
    }

    /** How far the sums of the next row lie; those of a tile that is done are of no use. */
    private int sumsRow() {
      return begins && ends ? 0 : vectors * width;
    }

    void write() {
      int[][] columns = held ? hold() : new int[0][];
      int tile = code.newInt();
      b.iload(Kernels.FROM).istore(tile);
      Label start = b.newLabel();
      Label end = b.newLabel();
      b.labelBinding(start).iload(tile).iload(Kernels.TO).if_icmpge(end);
      if (held) {
        rows(columns);
      } else {
        tile();
      }
      for (int i = 0; i < arrays.length; i++) {
        if (step(i) != 0) {
          b.iload(places[i]).loadConstant(step(i)).iadd().istore(places[i]);
        }
      }
      b.iinc(tile, 1).goto_(start).labelBinding(end).return_();
    }

    private int mask(int vector) {
      return vector == vectors - 1 ? mask : -1;
    }

    /** Loads every vector of the second operand, once for all tiles. */
    private int[][] hold() {
      int[][] columns = new int[terms][vectors];
      for (int term = 0; term < terms; term++) {
        for (int v = 0; v < vectors; v++) {
          columns[term][v] = code.newReference();
          code.load(arrays[1], places[1], term * secondTerm + v * width, mask(v));
          b.astore(columns[term][v]);
        }
      }
      return columns;
    }

    private void rows(int[][] columns) {
      int factor = code.newReference();
      int[] sums = new int[vectors];
      for (int v = 0; v < vectors; v++) {
        sums[v] = code.newReference();
      }
      for (int row = 0; row < height; row++) {
        for (int sum : sums) {
          code.constant(0);
          b.astore(sum);
        }
        for (int term = 0; term < terms; term++) {
          code.broadcast(arrays[0], places[0], row * firstRow + term * firstTerm);
          b.astore(factor);
          for (int v = 0; v < vectors; v++) {
            b.aload(factor).aload(columns[term][v]).aload(sums[v]);
            code.fma();
            b.astore(sums[v]);
          }
        }
        for (int v = 0; v < vectors; v++) {
          store(sums[v], row, v);
        }
      }
    }

    private void tile() {
      int[] sums = new int[height * vectors];
      for (int i = 0; i < sums.length; i++) {
        sums[i] = code.newReference();
        if (begins) {
          code.constant(0);
        } else {
          code.load(arrays[arrays.length - 1], places[arrays.length - 1], i * width, -1);
        }
        b.astore(sums[i]);
      }
      int first = code.newInt();
      int second = code.newInt();
      int term = code.newInt();
      int[] columns = new int[vectors];
      for (int v = 0; v < vectors; v++) {
        columns[v] = code.newReference();
      }
      int factor = code.newReference();
      b.iload(places[0]).istore(first).iload(places[1]).istore(second);
      code.times(
          term,
          terms,
          1,
          () -> {
            for (int v = 0; v < vectors; v++) {
              code.load(arrays[1], second, v * width, mask(v));
              b.astore(columns[v]);
            }
            for (int row = 0; row < height; row++) {
              code.broadcast(arrays[0], first, row * firstRow);
              b.astore(factor);
              for (int v = 0; v < vectors; v++) {
                b.aload(factor).aload(columns[v]).aload(sums[row * vectors + v]);
                code.fma();
                b.astore(sums[row * vectors + v]);
              }
            }
            b.iload(first).loadConstant(firstTerm).iadd().istore(first);
            b.iload(second).loadConstant(secondTerm).iadd().istore(second);
          });
      boolean apart = ends && !plain && isCrowded();
      for (int i = 0; i < sums.length; i++) {
        if (ends && !apart) {
          store(sums[i], i / vectors, i % vectors);
        } else {
          b.aload(sums[i]);
          code.exact();
          code.store(arrays[arrays.length - 1], places[arrays.length - 1], i * width, -1);
        }
      }
      if (apart) {
        finish(sums);
      }
    }

    /**
     * Finishes a tile row by row, from memory: if what the finish needs were wanted beside all the
     * sums, the compiler would keep half of these out of registers in the loop over the terms.
     */
    private void finish(int[] sums) {
      int last = arrays.length - 1;
      int[] starts = places.clone();
      for (int i = 2; i < arrays.length; i++) {
        places[i] = code.newInt();
        b.iload(starts[i]).istore(places[i]);
      }
      code.times(
          code.newInt(),
          height,
          1,
          () -> {
            for (int v = 0; v < vectors; v++) {
              code.load(arrays[last], places[last], v * width, -1);
              b.astore(sums[v]);
              store(sums[v], 0, v);
            }
            for (int i = 2; i < arrays.length; i++) {
              int next = i < last ? row(i) : vectors * width;
              if (next != 0) {
                b.iload(places[i]).loadConstant(next).iadd().istore(places[i]);
              }
            }
          });
      System.arraycopy(starts, 0, places, 0, places.length);
    }

    private void store(int sum, int row, int v) {
      b.aload(sum);
      code.exact();
      if (!plain) {
        b.astore(lanes.input(0));
        for (int i = 0; i < extras.size(); i++) {
          Loop.Walk walk = extras.get(i);
          int offset = row * walk.row() + v * width * walk.column();
          if (walk.column() == 0) {
            code.broadcast(arrays[3 + i], places[3 + i], offset);
          } else {
            code.load(arrays[3 + i], places[3 + i], offset, mask(v));
          }
          b.astore(lanes.input(1 + i));
        }
        lanes.write();
        b.aload(lanes.output(0));
      }
      code.store(arrays[2], places[2], row * outputRow + v * width, mask(v));
    }
  }
}
