package io.deltagraph.files;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.tensor.TensorBuffer;
import io.deltagraph.type.TensorType;
import java.io.IOException;

/**
 * The elements of a constant as JSON, exact to the bit. Floats that JSON has no number for are
 * strings: {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}, and {@code
 * "NaN:7ff8000000000001"} for a NaN of other bits.
 */
final class ElementsJson {
  private static final String NAN = "NaN:";

  private ElementsJson() {}

  static void write(JsonGenerator out, Tensor tensor) throws IOException {
    TensorBuffer buffer = TensorBuffer.allocate(tensor.type().dtype(), tensor.length());
    tensor.copyInto(buffer);
    out.writeStartArray();
    switch (buffer) {
      case TensorBuffer.F64 f64 -> {
        for (double value : f64.array()) {
          write(out, value);
        }
      }
      case TensorBuffer.F32 f32 -> {
        for (float value : f32.array()) {
          write(out, value);
        }
      }
      case TensorBuffer.I64 i64 -> {
        for (long value : i64.array()) {
          out.writeNumber(value);
        }
      }
      case TensorBuffer.I32 i32 -> {
        for (int value : i32.array()) {
          out.writeNumber(value);
        }
      }
      case TensorBuffer.Bool bool -> {
        for (boolean value : bool.array()) {
          out.writeBoolean(value);
        }
      }
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, double value) throws IOException {
    long bits = Double.doubleToRawLongBits(value);
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else if (Double.isNaN(value) && bits != Double.doubleToRawLongBits(Double.NaN)) {
      out.writeString(NAN + Long.toHexString(bits));
    } else {
      out.writeString(Double.toString(value));
    }
  }

  private static void write(JsonGenerator out, float value) throws IOException {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isFinite(value)) {
      out.writeNumber(value);
    } else if (Float.isNaN(value) && bits != Float.floatToRawIntBits(Float.NaN)) {
      out.writeString(NAN + Integer.toHexString(bits));
    } else {
      out.writeString(Float.toString(value));
    }
  }

  /** Reads as many elements as the type holds, which was checked to be few. */
  static Tensor read(JsonInput in, TensorType type) throws ModelFileException {
    TensorBuffer buffer = TensorBuffer.allocate(type.dtype(), type.shape().elements());
    int[] count = {0};
    in.array(() -> {
      if (count[0] == buffer.length()) {
        throw in.refuse(
            "The constant has more than the " + count[0] + " elements of " + type + ".");
      }
      read(in, buffer, count[0]++);
    });
    if (count[0] < buffer.length()) {
      throw in.refuse(
          "The constant has " + count[0] + " elements; " + type + " has " + buffer.length() + ".");
    }
    return Tensor.copyOf(type, buffer);
  }

  private static void read(JsonInput in, TensorBuffer buffer, int index) throws ModelFileException {
    try {
      switch (buffer) {
        case TensorBuffer.F64 f64 -> f64.array()[index] = readF64(in);
        case TensorBuffer.F32 f32 -> f32.array()[index] = readF32(in);
        case TensorBuffer.I64 i64 -> i64.array()[index] = Long.parseLong(whole(in));
        case TensorBuffer.I32 i32 -> i32.array()[index] = Integer.parseInt(whole(in));
        case TensorBuffer.Bool bool -> bool.array()[index] = truth(in);
      }
    } catch (NumberFormatException e) {
      throw unfit(in, buffer.dtype().text());
    }
  }

  private static double readF64(JsonInput in) throws ModelFileException {
    String text = in.raw();
    if (number(in)) {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } else if (in.token() == JsonToken.VALUE_STRING) {
      double value =
          text.startsWith(NAN)
              ? Double.longBitsToDouble(
                  Long.parseUnsignedLong(text, NAN.length(), text.length(), 16))
              : special(in, text);
      if (!Double.isFinite(value)) {
        return value;
      }
    }
    throw unfit(in, "f64");
  }

  private static float readF32(JsonInput in) throws ModelFileException {
    String text = in.raw();
    if (number(in)) {
      float value = Float.parseFloat(text);
      if (Float.isFinite(value)) {
        return value;
      }
    } else if (in.token() == JsonToken.VALUE_STRING) {
      float value =
          text.startsWith(NAN)
              ? Float.intBitsToFloat(
                  Integer.parseUnsignedInt(text, NAN.length(), text.length(), 16))
              : (float) special(in, text);
      if (!Float.isFinite(value)) {
        return value;
      }
    }
    throw unfit(in, "f32");
  }

  private static double special(JsonInput in, String text) throws ModelFileException {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw unfit(in, "float");
    };
  }

  private static boolean number(JsonInput in) {
    return in.token() == JsonToken.VALUE_NUMBER_INT || in.token() == JsonToken.VALUE_NUMBER_FLOAT;
  }

  private static String whole(JsonInput in) throws ModelFileException {
    if (in.token() != JsonToken.VALUE_NUMBER_INT) {
      throw in.refuse("Here belongs a whole number.");
    }
    return in.raw();
  }

  private static boolean truth(JsonInput in) throws ModelFileException {
    if (in.token() != JsonToken.VALUE_TRUE && in.token() != JsonToken.VALUE_FALSE) {
      throw in.refuse("Here belongs true or false.");
    }
    return in.token() == JsonToken.VALUE_TRUE;
  }

  private static ModelFileException unfit(JsonInput in, String dtype) throws ModelFileException {
    return in.refuse("'" + Names.shown(in.raw()) + "' is no element of type " + dtype + ".");
  }
}
