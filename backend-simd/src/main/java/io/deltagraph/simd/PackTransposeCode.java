package io.deltagraph.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * Writes a {@link PackTransposeKernel}. A square is transposed in stages, as {@link LaneExchanges}
 * says, at distances from half a square down to one. The stages are done in two passes of small
 * loops, with the square in memory in between: a square of 16 × 16 in one piece is too much code
 * for the compiler.
 */
final class PackTransposeCode {
  private final PackTransposeKernel kernel;
  private final VectorCode code;
  private final CodeBuilder b;
  private final PackCode terms;
  private final int width;
  private final int lineMask;
  private final int termMask;

  PackTransposeCode(PackTransposeKernel kernel, VectorCode code) {
    this.kernel = kernel;
    this.code = code;
    b = code.code();
    width = VectorCode.lanes(kernel.dtype());
    terms = new PackCode(code, 1, kernel.targetTerm());
    lineMask = code.mask(kernel.lines());
    termMask = code.mask(kernel.terms());
  }

  void write() {
    terms.start();
    terms.repeat(0, width, this::writeSquare);
    b.return_();
  }

  private void writeSquare() {
    int stride = Math.max(width / 4, 1);
    int i = code.newInt();
    int index = code.newInt();
    code.loop(i, stride, 1, () -> writeFirstStages(i, index, stride));
    int atOnce = Math.min(stride, 4);
    code.loop(i, kernel.terms(), atOnce, () -> writeLastStages(i, index, atOnce));
  }

  /**
   * The first pass: takes every {@code stride}th line from line {@code i} on, does the stages
   * between these, and stores them in the square.
   */
  private void writeFirstStages(int i, int index, int stride) {
    int[] vectors = new int[width / stride];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = loadLine(i, k * stride, stride, index);
    }
    writeStages(vectors, stride);
    b.iload(i).loadConstant(width).imul().istore(index);
    for (int k = 0; k < vectors.length; k++) {
      b.aload(vectors[k]);
      code.store(new Cursor(terms.square(), index), k * stride * width, VectorCode.ALL_LANES);
    }
  }

  /** Loads line {@code i + offset} of the operand, where {@code i} is below {@code limit}. */
  private int loadLine(int i, int offset, int limit, int index) {
    int vector = code.newReference();
    if (offset >= kernel.lines()) {
      code.constant(0);
    } else {
      b.iload(i).loadConstant(offset).iadd();
      if (offset + limit > kernel.lines()) {
        RehearsalCode.minimum(b, kernel.lines() - 1);
      }
      b.loadConstant(kernel.sourceLine()).imul().iload(terms.source().index()).iadd().istore(index);
      code.load(new Cursor(terms.source().array(), index), 0, termMask);
    }
    b.astore(vector);
    return vector;
  }

  /**
   * The second pass: loads {@code count} vectors of the square from vector {@code i} on, does the
   * stages between these, after which each is a term, and stores them in the panel.
   */
  private void writeLastStages(int i, int index, int count) {
    b.iload(i).loadConstant(width).imul().istore(index);
    int[] vectors = new int[count];
    for (int k = 0; k < count; k++) {
      vectors[k] = code.newReference();
      code.load(new Cursor(terms.square(), index), k * width, VectorCode.ALL_LANES);
      b.astore(vectors[k]);
    }
    writeStages(vectors, 1);
    b.iload(i).loadConstant(kernel.targetTerm()).imul();
    b.iload(terms.target().index()).iadd().istore(index);
    Label end = b.newLabel();
    for (int k = 0; k < count; k++) {
      if (k > 0 && kernel.terms() % count == k) {
        b.iload(i).loadConstant(kernel.terms() - k).if_icmpge(end);
      }
      b.aload(vectors[k]);
      code.store(new Cursor(terms.target().array(), index), k * kernel.targetTerm(), lineMask);
    }
    b.labelBinding(end);
  }

  /** The stages between vectors that are numbered {@code stride} apart. */
  private void writeStages(int[] vectors, int stride) {
    int upper = code.newReference();
    for (int apart = vectors.length / 2; apart > 0; apart /= 2) {
      for (int k = 0; k < vectors.length; k++) {
        if ((k & apart) == 0) {
          int low = vectors[k];
          int high = vectors[k + apart];
          code.bits().exchange(apart * stride, false, low, high);
          b.astore(upper);
          code.bits().exchange(apart * stride, true, low, high);
          b.astore(high).aload(upper).astore(low);
        }
      }
    }
  }
}
