package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * Copies a strip of an operand: some lanes, at most as many as a vector has, of all terms. Where
 * the terms lie together, squares of a vector's size are transposed.
 *
 * @param dtype the float type
 * @param count the number of lanes
 * @param depth the number of terms of a square
 * @param lane how far the next lane lies in the source
 * @param term how far the next term lies in the source
 * @param targetTerm how far the next term lies in the target, whose lanes lie together
 */
record Pack(DType dtype, int count, int depth, int lane, int term, int targetTerm) {

  /** Writes the kernel: source, target; the range is one of terms. */
  void write(CodeBuilder builder) {
    new Writer(new VectorCode(builder, dtype)).write();
  }

  private final class Writer {
    private final VectorCode code;
    private final CodeBuilder b;
    private final int width = VectorCode.lanes(dtype);
    private final int source;
    private final int target;
    private final int read;
    private final int write;
    private final int mask;
    private final int depthMask;

    Writer(VectorCode code) {
      this.code = code;
      this.b = code.code();
      source = code.newReference();
      target = code.newReference();
      read = code.newInt();
      write = code.newInt();
      b.aload(Kernels.ARRAYS).iconst_0().aaload().checkcast(code.array()).astore(source);
      b.aload(Kernels.ARRAYS).iconst_1().aaload().checkcast(code.array()).astore(target);
      b.aload(Kernels.OFFSETS).iconst_0().iaload();
      b.iload(Kernels.FROM).loadConstant(term).imul().iadd().istore(read);
      b.aload(Kernels.OFFSETS).iconst_1().iaload();
      b.iload(Kernels.FROM).loadConstant(targetTerm).imul().iadd().istore(write);
      mask = mask(count);
      depthMask = mask(depth);
    }

    private int mask(int lanes) {
      if (lanes >= width) {
        return -1;
      }
      int local = code.newReference();
      code.firstLanes(lanes);
      b.astore(local);
      return local;
    }

    void write() {
      int position = code.newInt();
      b.iload(Kernels.FROM).istore(position);
      Label start = b.newLabel();
      Label end = b.newLabel();
      b.labelBinding(start).iload(position).iload(Kernels.TO).if_icmpge(end);
      int step = lane == 1 ? 1 : width;
      if (lane == 1) {
        code.load(source, read, 0, mask);
        code.store(target, write, 0, mask);
      } else {
        square();
      }
      b.iload(read).loadConstant(step * term).iadd().istore(read);
      b.iload(write).loadConstant(step * targetTerm).iadd().istore(write);
      b.iinc(position, step).goto_(start).labelBinding(end).return_();
    }

    /** Vectors of terms become vectors of lanes: halves are exchanged, then quarters, and so on. */
    private void square() {
      int[] vectors = new int[width];
      for (int i = 0; i < width; i++) {
        vectors[i] = code.newReference();
        if (i < count) {
          code.load(source, read, i * lane, depthMask);
        } else {
          code.constant(0);
        }
        b.astore(vectors[i]);
      }
      int upper = code.newReference();
      for (int distance = width / 2; distance > 0; distance /= 2) {
        for (int i = 0; i < width; i++) {
          if ((i & distance) == 0) {
            int low = vectors[i];
            int high = vectors[i + distance];
            b.aload(low).aload(high);
            code.exchange(distance);
            code.odd(distance);
            code.blend();
            b.astore(upper);
            b.aload(high).aload(low);
            code.exchange(distance);
            code.even(distance);
            code.blend();
            b.astore(high);
            b.aload(upper).astore(low);
          }
        }
      }
      for (int i = 0; i < depth; i++) {
        b.aload(vectors[i]);
        code.store(target, write, i * targetTerm, mask);
      }
    }
  }
}
