package io.deltagraph.simd;

import io.deltagraph.type.DType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;

/**
 * Copies a strip of an operand: some lanes of all terms. Where the terms lie together, there are at
 * most as many lanes as a vector has, and squares of its size are transposed. Where the lanes do,
 * those of a few panels are copied at once: what lies far apart is fetched in longer pieces.
 *
 * @param dtype the float type
 * @param count the number of lanes of a panel
 * @param panels the number of panels, 1 if the terms lie together
 * @param depth the number of terms of a square
 * @param lane how far the next lane lies in the source
 * @param term how far the next term lies in the source
 * @param targetTerm how far the next term lies in the target, whose lanes lie together
 * @param targetPanel how far the next panel lies in the target
 */
record Pack(
    DType dtype,
    int count,
    int panels,
    int depth,
    int lane,
    int term,
    int targetTerm,
    int targetPanel) {

  /** Writes the kernel: source, target, a scratch square; the range is one of terms. */
  void write(CodeBuilder builder) {
    new Writer(new VectorCode(builder, dtype)).write();
  }

  private final class Writer {
    private final VectorCode code;
    private final CodeBuilder b;
    private final int width = VectorCode.lanes(dtype);
    private final int source;
    private final int target;
    private final int scratch;
    private final int read;
    private final int write;
    private final int mask;
    private final int depthMask;

    Writer(VectorCode code) {
      this.code = code;
      this.b = code.code();
      source = code.array(0, code.array());
      target = code.array(1, code.array());
      scratch = code.array(2, code.array());
      read = code.place(0, term);
      write = code.place(1, targetTerm);
      mask = code.mask(lane == 1 ? (count - 1) % width + 1 : count);
      depthMask = code.mask(depth);
    }

    void write() {
      int position = code.newInt();
      b.iload(Kernels.FROM).istore(position);
      if (lane != 1) {
        turns(position, 0, width, this::square);
      } else {
        if (mask >= 0) {
          int rest = (count - 1) % width + 1;
          turns(position, Math.ceilDiv(width - rest, count), 1, () -> lanes(-1));
        }
        turns(position, 0, 1, () -> lanes(mask));
      }
      b.return_();
    }

    /** Goes on through the range but for the last so many terms. */
    private void turns(int position, int butLast, int step, Runnable body) {
      Label start = b.newLabel();
      Label end = b.newLabel();
      b.labelBinding(start).iload(position).loadConstant(butLast).iadd();
      b.iload(Kernels.TO).if_icmpge(end);
      body.run();
      b.iload(read).loadConstant(step * term).iadd().istore(read);
      b.iload(write).loadConstant(step * targetTerm).iadd().istore(write);
      b.iinc(position, step).goto_(start).labelBinding(end);
    }

    /**
     * One term. Parts of vectors take longer than whole ones: lanes beyond a panel's are read from
     * the next panels, and the next terms cover them where they are stored. But for the last panels
     * and terms, which have none.
     */
    private void lanes(int storeMask) {
      for (int panel = 0; panel < panels; panel++) {
        for (int at = 0; at < count; at += width) {
          int beyond = at + width - count;
          int next = (panels - panel - 1) * count;
          code.load(source, read, panel * count + at, beyond <= next ? -1 : mask);
          code.store(target, write, panel * targetPanel + at, beyond <= 0 ? -1 : storeMask);
        }
      }
    }

    /**
     * Vectors of terms become vectors of lanes: halves are exchanged, then quarters, and so on. Two
     * stages at a time, in small loops over a scratch square: in one piece it was never compiled.
     */
    private void square() {
      int stride = Math.max(width / 4, 1);
      int group = width / stride;
      int i = code.newInt();
      int index = code.newInt();
      code.times(
          i,
          stride,
          1,
          () -> {
            int[] vectors = new int[group];
            for (int k = 0; k < group; k++) {
              vectors[k] = row(i, k * stride, stride, index);
            }
            stages(vectors, stride);
            b.iload(i).loadConstant(width).imul().istore(index);
            for (int k = 0; k < group; k++) {
              b.aload(vectors[k]);
              code.store(scratch, index, k * stride * width, -1);
            }
          });
      int terms = Math.min(stride, 4);
      code.times(i, depth, terms, () -> finish(i, index, terms));
    }

    /** Loads the lane of the source at {@code i + offset}, where {@code i} is below a limit. */
    private int row(int i, int offset, int limit, int index) {
      int vector = code.newReference();
      if (offset >= count) {
        code.constant(0);
      } else {
        b.iload(i).loadConstant(offset).iadd();
        if (offset + limit > count) {
          Turns.minimum(b, count - 1);
        }
        b.loadConstant(lane).imul().iload(read).iadd().istore(index);
        code.load(source, index, 0, depthMask);
      }
      b.astore(vector);
      return vector;
    }

    /** The stages that are left, for some terms from {@code i} on. */
    private void finish(int i, int index, int terms) {
      b.iload(i).loadConstant(width).imul().istore(index);
      int[] vectors = new int[terms];
      for (int k = 0; k < terms; k++) {
        vectors[k] = code.newReference();
        code.load(scratch, index, k * width, -1);
        b.astore(vectors[k]);
      }
      stages(vectors, 1);
      b.iload(i).loadConstant(targetTerm).imul().iload(write).iadd().istore(index);
      Label end = b.newLabel();
      for (int k = 0; k < terms; k++) {
        if (k > 0 && depth % terms == k) {
          b.iload(i).loadConstant(depth - k).if_icmpge(end);
        }
        b.aload(vectors[k]);
        code.store(target, index, k * targetTerm, mask);
      }
      b.labelBinding(end);
    }

    /** Exchanges between vectors that are a stride apart. */
    private void stages(int[] vectors, int stride) {
      int upper = code.newReference();
      for (int apart = vectors.length / 2; apart > 0; apart /= 2) {
        for (int k = 0; k < vectors.length; k++) {
          if ((k & apart) == 0) {
            int low = vectors[k];
            int high = vectors[k + apart];
            code.exchange(apart * stride, false, low, high);
            b.astore(upper);
            code.exchange(apart * stride, true, low, high);
            b.astore(high).aload(upper).astore(low);
          }
        }
      }
    }
  }
}
