package io.deltagraph.onnx;

import io.deltagraph.onnxproto.TensorProto;
import io.deltagraph.type.DType;
import java.util.Optional;

/** Which element type of ONNX, each of which has a number, is which of the engine's. */
public final class ElementTypes {
  private ElementTypes() {}

  /** The type's number in ONNX. */
  public static int number(DType dtype) {
    return of(dtype).getNumber();
  }

  private static TensorProto.DataType of(DType dtype) {
    return switch (dtype) {
      case F64 -> TensorProto.DataType.DOUBLE;
      case F32 -> TensorProto.DataType.FLOAT;
      case I64 -> TensorProto.DataType.INT64;
      case I32 -> TensorProto.DataType.INT32;
      case BOOL -> TensorProto.DataType.BOOL;
    };
  }

  /** The engine's type of that number; empty for the many that it does not have. */
  public static Optional<DType> dtype(int number) {
    for (DType dtype : DType.values()) {
      if (number(dtype) == number) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }

  /** The name of that number, such as {@code FLOAT16}; the number itself where it has none. */
  public static String text(int number) {
    TensorProto.DataType known = TensorProto.DataType.forNumber(number);
    return known == null ? Integer.toString(number) : known.name();
  }
}
