package io.deltagraph.type;

import java.util.Locale;

/** The type of one element of a tensor. */
public enum DType {
  /** IEEE 754 double precision: the default for checking. */
  F64(8),
  /** IEEE 754 single precision: the default for training. */
  F32(4),
  /** Signed 64-bit integers; kernels and lanes hold them exactly within ±2^53. */
  I64(8),
  /** Signed 32-bit integers: class indices. */
  I32(4),
  /** Truth values: masks. */
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** Whether gradients can flow through values of this type. */
  public boolean isFloat() {
    return switch (this) {
      case F64, F32 -> true;
      case I64, I32, BOOL -> false;
    };
  }

  /** Whether this is a signed integer type. */
  public boolean isInteger() {
    return switch (this) {
      case I64, I32 -> true;
      case F64, F32, BOOL -> false;
    };
  }

  /** The unit roundoff of a float type, {@code 2^-53} or {@code 2^-24}; 0 for exact types. */
  public double epsilon() {
    return switch (this) {
      case F64 -> 0x1p-53;
      case F32 -> 0x1p-24;
      case I64, I32, BOOL -> 0;
    };
  }

  /**
   * The nearest value of this type, as a double: single precision rounds, integers truncate toward
   * zero and saturate, bool is 0 or 1.
   */
  public double round(double value) {
    return switch (this) {
      case F64 -> value;
      case F32 -> (float) value;
      case I64 -> (long) value;
      case I32 -> (int) value;
      case BOOL -> value != 0 ? 1 : 0;
    };
  }

  /** The name used in printed types and files, such as {@code f64}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException naming the known types, if there is none
   */
  public static DType parse(String text) {
    for (DType dtype : values()) {
      if (dtype.text().equals(text)) {
        return dtype;
      }
    }
    throw new IllegalArgumentException(
        "No dtype named '" + text + "'; there are f64, f32, i64, i32 and bool.");
  }

  @Override
  public String toString() {
    return text();
  }
}
