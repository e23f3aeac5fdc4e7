package io.deltagraph.onnx;

/**
 * A version of ONNX's own ops, which fixes what each of them means, and the version of the format
 * that came with it. Source: the table of released versions in ONNX's docs/Versioning.md.
 *
 * @param version from {@link #OLDEST} to {@link #NEWEST}
 */
public record Opset(int version) {
  /** The oldest that is read and written: from it on, the axes of Squeeze and sums are inputs. */
  public static final int OLDEST = 13;

  /** The newest whose operators are read here and were tried by ONNX's own tests of nodes. */
  public static final int NEWEST = 28;

  /** The oldest version of the format that is read. */
  public static final int OLDEST_FORMAT = 3;

  /** The newest version of the format that is read, which came with {@link #NEWEST}. */
  public static final int NEWEST_FORMAT = 14;

  /**
   * What is written unless another is asked for. It is the one at which ONNX Runtime has the most
   * functions for f64: a function of ONNX is taken at the version that its body was written for.
   */
  public static final Opset USUAL = new Opset(18);

  /** The newest version of the format that is written: older runtimes take no later one. */
  private static final int LAST_FORMAT_WRITTEN = 10;

  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException if it is neither read nor written
   */
  public Opset {
    if (version < OLDEST || version > NEWEST) {
      throw new IllegalArgumentException(
          "The opset %d is not known here: it has to be from %d to %d."
              .formatted(version, OLDEST, NEWEST));
    }
  }

  /** The version of the format that this one came with, such as 8 for opset 18. */
  public int format() {
    return switch (version) {
      case 13, 14 -> 7;
      case 15, 16, 17, 18 -> 8;
      case 19, 20 -> 9;
      case 21, 22 -> 10;
      case 23 -> 11;
      case 24 -> 12;
      case 25, 26, 27 -> 13;
      default -> NEWEST_FORMAT;
    };
  }

  /** The version of the format that a file of this opset is written in. */
  public int formatWritten() {
    return Math.min(format(), LAST_FORMAT_WRITTEN);
  }
}
