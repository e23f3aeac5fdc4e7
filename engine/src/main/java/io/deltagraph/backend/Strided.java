package io.deltagraph.backend;

import com.google.common.primitives.Ints;
import io.deltagraph.plan.Operand;
import io.deltagraph.tensor.TensorBuffer;
import java.util.Arrays;

/**
 * Which element of a buffer each position in row-major order shows; read and copied in runs of
 * equal stride. Dimensions that can be walked as one are merged. Immutable.
 */
public final class Strided {
  private final int offset;
  private final int[] sizes;
  private final int[] strides;

  /** Elements at {@code offset + Σ position · strides}. */
  public Strided(int offset, int[] sizes, int[] strides) {
    this.offset = offset;
    int[] mergedSizes = new int[sizes.length + 1];
    int[] mergedStrides = new int[sizes.length + 1];
    int rank = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 1) {
        continue;
      }
      if (rank > 0 && mergedStrides[rank - 1] == strides[i] * sizes[i]) {
        mergedSizes[rank - 1] *= sizes[i];
        mergedStrides[rank - 1] = strides[i];
      } else {
        mergedSizes[rank] = sizes[i];
        mergedStrides[rank++] = strides[i];
      }
    }
    if (rank == 0) {
      mergedSizes[rank] = 1;
      mergedStrides[rank++] = 1;
    }
    this.sizes = Arrays.copyOf(mergedSizes, rank);
    this.strides = Arrays.copyOf(mergedStrides, rank);
  }

  /** The elements that an operand shows. */
  public static Strided of(Operand operand) {
    return new Strided(
        operand.layout().offset(),
        operand.type().shape().sizes(),
        Ints.toArray(operand.layout().strides()));
  }

  /** The same layout from another element on. */
  Strided from(int start) {
    return new Strided(start, sizes, strides);
  }

  /** Whether position i shows element i. */
  public boolean isWhole() {
    return offset == 0 && sizes.length == 1 && strides[0] == 1;
  }

  /** The element that a row-major position shows. */
  public int at(int position) {
    int rest = position;
    int address = offset;
    for (int d = sizes.length - 1; d > 0; d--) {
      int outer = rest / sizes[d];
      address += (rest - outer * sizes[d]) * strides[d];
      rest = outer;
    }
    return address + rest * strides[0];
  }

  /** Reads positions {@code from} to {@code from + count}, shifted by {@code base} elements. */
  public void load(TensorBuffer source, int base, int from, int count, double[] to, int at) {
    if (sizes.length == 1) {
      Elements.load(source, base + offset + from * strides[0], strides[0], to, at, count);
      return;
    }
    int last = sizes.length - 1;
    int stride = strides[last];
    int done = 0;
    while (done < count) {
      int position = from + done;
      int run = Math.min(count - done, sizes[last] - position % sizes[last]);
      Elements.load(source, base + at(position), stride, to, at + done, run);
      done += run;
    }
  }

  /** The same, rounded to single precision. */
  public void load(TensorBuffer source, int base, int from, int count, float[] to, int at) {
    if (sizes.length == 1) {
      Elements.load(source, base + offset + from * strides[0], strides[0], to, at, count);
      return;
    }
    int last = sizes.length - 1;
    int stride = strides[last];
    int done = 0;
    while (done < count) {
      int position = from + done;
      int run = Math.min(count - done, sizes[last] - position % sizes[last]);
      Elements.load(source, base + at(position), stride, to, at + done, run);
      done += run;
    }
  }

  /**
   * Copies positions {@code from} to {@code from + count}, shifted by {@code base} elements, to
   * that place and on, bit for bit.
   */
  public void copy(TensorBuffer source, int base, int from, int count, TensorBuffer to, int at) {
    int last = sizes.length - 1;
    int stride = strides[last];
    int done = 0;
    while (done < count) {
      int position = from + done;
      int run = Math.min(count - done, sizes[last] - position % sizes[last]);
      Elements.copy(source, base + at(position), stride, to, at + done, 1, run);
      done += run;
    }
  }

  /**
   * Copies the first {@code count} elements of {@code source} to positions 0 and on, bit for bit.
   */
  void scatter(TensorBuffer source, int count, TensorBuffer to) {
    int last = sizes.length - 1;
    for (int done = 0; done < count; done += sizes[last]) {
      Elements.copy(
          source, done, 1, to, at(done), strides[last], Math.min(count - done, sizes[last]));
    }
  }
}
