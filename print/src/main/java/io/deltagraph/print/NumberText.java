package io.deltagraph.print;

import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.DType;

/** Numbers as short as they can be read back. */
final class NumberText {
  private static final double WHOLE = 1e7;

  private NumberText() {}

  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < WHOLE && !isNegativeZero(value)
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static boolean isNegativeZero(double value) {
    return value == 0 && Double.doubleToRawLongBits(value) != 0;
  }

  static String text(Tensor tensor, int index) {
    double value = tensor.get(index);
    DType dtype = tensor.type().dtype();
    return switch (dtype) {
      case F64 -> text(value);
      case F32 -> value == Math.rint(value) ? text(value) : Float.toString((float) value);
      case I64, I32 -> Long.toString((long) value);
      case BOOL -> Boolean.toString(value != 0);
    };
  }
}
