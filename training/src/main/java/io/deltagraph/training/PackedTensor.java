package io.deltagraph.training;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorReader;
import io.deltagraph.type.DType;
import io.deltagraph.type.TensorType;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a tensor in a form that Java's serialisation carries from process to process, and
 * that can be added up. Mutable, and for one thread.
 */
public final class PackedTensor implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DType dtype;
  private final int[] sizes;

  /** One of the three holds the elements: that of the dtype, whole numbers being the third. */
  private final float @Nullable [] floats;

  private final double @Nullable [] doubles;
  private final long @Nullable [] whole;

  private PackedTensor(TensorType type) {
    this.dtype = type.dtype();
    this.sizes = type.shape().sizes();
    int count = type.shape().elements();
    this.floats = dtype == DType.F32 ? new float[count] : null;
    this.doubles = dtype == DType.F64 ? new double[count] : null;
    this.whole = dtype.isFloat() ? null : new long[count];
  }

  /** A copy of a tensor's elements. */
  public static PackedTensor of(Tensor tensor) {
    return times(tensor, 1);
  }

  /** A copy of the elements, each times a factor in their dtype; whole numbers stay as they are. */
  static PackedTensor times(TensorReader reader, long factor) {
    PackedTensor made = new PackedTensor(reader.type());
    if (made.floats != null) {
      float by = factor;
      for (int i = 0; i < made.floats.length; i++) {
        made.floats[i] = by * (float) reader.get(i);
      }
    } else if (made.doubles != null) {
      double by = factor;
      for (int i = 0; i < made.doubles.length; i++) {
        made.doubles[i] = by * reader.get(i);
      }
    } else if (made.whole != null) {
      for (int i = 0; i < made.whole.length; i++) {
        made.whole[i] = exactly(reader, i);
      }
    }
    return made;
  }

  private static long exactly(TensorReader reader, int index) {
    return reader instanceof Tensor tensor && reader.type().dtype() == DType.I64
        ? tensor.bits(index)
        : (long) reader.get(index);
  }

  /** Adds other elements to these, in their dtype; whole numbers stay as they are. */
  void plus(PackedTensor other) {
    if (floats != null && other.floats != null) {
      for (int i = 0; i < floats.length; i++) {
        floats[i] += other.floats[i];
      }
    } else if (doubles != null && other.doubles != null) {
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] += other.doubles[i];
      }
    }
  }

  /** The tensor of these elements, each over a number; whole numbers as they are. */
  Tensor over(long count) {
    if (floats != null) {
      float[] mean = new float[floats.length];
      for (int i = 0; i < mean.length; i++) {
        mean[i] = (float) (floats[i] / (double) count);
      }
      return Tensor.floats(mean).reshape(sizes);
    }
    if (doubles != null) {
      double[] sums = doubles;
      return Tensor.generate(TensorType.of(dtype, sizes), i -> sums[i] / count);
    }
    return tensor();
  }

  /** The tensor of these elements; a copy. */
  public Tensor tensor() {
    if (floats != null) {
      return Tensor.floats(floats).reshape(sizes);
    }
    if (doubles != null) {
      return Tensor.of(TensorType.of(dtype, sizes), doubles);
    }
    return whole(TensorType.of(dtype, sizes), whole == null ? new long[0] : whole);
  }

  /** A tensor of whole numbers, exactly. */
  static Tensor whole(TensorType type, long[] elements) {
    return type.dtype() == DType.I64
        ? Tensor.longs(elements).reshape(type.shape().sizes())
        : Tensor.generate(type, i -> elements[i]);
  }
}
