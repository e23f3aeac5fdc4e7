package io.deltagraph.reference;

/**
 * The loops of the lane language, one per word: each is small enough for the compiler to keep apart
 * and to vectorise. This is the one place that says which function of the platform a word is.
 * Comparisons and selections go by whole numbers, since the compiler moves these without a jump.
 */
final class LaneLoops {
  private LaneLoops() {}

  static void negate(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = -a[i];
    }
  }

  static void abs(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.abs(a[i]);
    }
  }

  static void fma(double[] a, double[] b, double[] c, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.fma(a[i], b[i], c[i]);
    }
  }

  static void fmaOfFloats(double[] a, double[] b, double[] c, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.fma((float) a[i], (float) b[i], (float) c[i]);
    }
  }

  /**
   * Adds rows of {@code width} numbers, a multiple of four, to those from {@code at} on, one row
   * after the other; the last may be short.
   */
  static void addRows(double[] a, double[] to, int at, int width, int count) {
    int whole = count - count % width;
    for (int j = 0; j < width; j += 4) {
      double sum0 = to[at + j];
      double sum1 = to[at + j + 1];
      double sum2 = to[at + j + 2];
      double sum3 = to[at + j + 3];
      for (int i = j; i < whole; i += width) {
        sum0 += a[i];
        sum1 += a[i + 1];
        sum2 += a[i + 2];
        sum3 += a[i + 3];
      }
      to[at + j] = sum0;
      to[at + j + 1] = sum1;
      to[at + j + 2] = sum2;
      to[at + j + 3] = sum3;
    }
    for (int i = whole; i < count; i++) {
      to[at + i - whole] += a[i];
    }
  }

  /** The same with each sum rounded to single precision. */
  static void addRowsOfFloats(double[] a, double[] to, int at, int width, int count) {
    int whole = count - count % width;
    for (int j = 0; j < width; j += 4) {
      float sum0 = (float) to[at + j];
      float sum1 = (float) to[at + j + 1];
      float sum2 = (float) to[at + j + 2];
      float sum3 = (float) to[at + j + 3];
      for (int i = j; i < whole; i += width) {
        sum0 += (float) a[i];
        sum1 += (float) a[i + 1];
        sum2 += (float) a[i + 2];
        sum3 += (float) a[i + 3];
      }
      to[at + j] = sum0;
      to[at + j + 1] = sum1;
      to[at + j + 2] = sum2;
      to[at + j + 3] = sum3;
    }
    for (int i = whole; i < count; i++) {
      to[at + i - whole] = (float) to[at + i - whole] + (float) a[i];
    }
  }

  static void select(double[] mask, double[] yes, double[] no, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      long one = Double.doubleToRawLongBits(yes[i]);
      long other = Double.doubleToRawLongBits(no[i]);
      to[i] = Double.longBitsToDouble(mask[i] != 0 ? one : other);
    }
  }

  static void round(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.rint(a[i]);
    }
  }

  static void scale(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      int power = (int) b[i];
      int half = power >> 1;
      to[i] = a[i] * powerOfTwo(half) * powerOfTwo(power - half);
    }
  }

  static void scaleFloat(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      int power = (int) b[i];
      int half = power >> 1;
      to[i] = (float) (a[i] * powerOfTwo(half)) * powerOfTwo(power - half);
    }
  }

  private static double powerOfTwo(int power) {
    return Double.longBitsToDouble((long) (power + Double.MAX_EXPONENT) << 52);
  }

  /** A subnormal number is made normal first. */
  static void exponent(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] =
          Math.abs(a[i]) < Double.MIN_NORMAL
              ? Math.getExponent(a[i] * 0x1p52) - 52
              : Math.getExponent(a[i]);
    }
  }

  /** A subnormal number is made normal first. */
  static void exponentOfFloat(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] =
          Math.abs(a[i]) < Float.MIN_NORMAL
              ? Math.getExponent((float) (a[i] * 0x1p23)) - 23
              : Math.getExponent((float) a[i]);
    }
  }

  static void sqrt(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.sqrt(a[i]);
    }
  }

  static void sin(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.sin(a[i]);
    }
  }

  static void cos(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.cos(a[i]);
    }
  }

  static void floor(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.floor(a[i]);
    }
  }

  static void isNaN(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Double.isNaN(a[i]) ? 1 : 0;
    }
  }

  static void not(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = 1 - a[i];
    }
  }

  static void add(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] + b[i];
    }
  }

  static void subtract(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] - b[i];
    }
  }

  static void multiply(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] * b[i];
    }
  }

  static void divide(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] / b[i];
    }
  }

  static void minimum(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.min(a[i], b[i]);
    }
  }

  static void maximum(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.max(a[i], b[i]);
    }
  }

  static void pow(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.pow(a[i], b[i]);
    }
  }

  static void less(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      int holds = a[i] < b[i] ? 1 : 0;
      to[i] = holds;
    }
  }

  static void lessEqual(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      int holds = a[i] <= b[i] ? 1 : 0;
      to[i] = holds;
    }
  }

  static void equal(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      int holds = a[i] == b[i] ? 1 : 0;
      to[i] = holds;
    }
  }

  static void roundToFloat(double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) to[i];
    }
  }
}
