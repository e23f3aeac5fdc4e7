package io.deltagraph.reference;

/**
 * The loops of the lane language in single precision, as {@link LaneLoops} has them in double. A
 * sum, product, quotient or root of single precision numbers that is rounded once is what double
 * precision gives when it is rounded to single.
 */
final class FloatLoops {
  private FloatLoops() {}

  static void negate(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = -a[i];
    }
  }

  static void abs(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.abs(a[i]);
    }
  }

  static void fma(float[] a, float[] b, float[] c, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.fma(a[i], b[i], c[i]);
    }
  }

  static void select(float[] mask, float[] yes, float[] no, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      int one = Float.floatToRawIntBits(yes[i]);
      int other = Float.floatToRawIntBits(no[i]);
      to[i] = Float.intBitsToFloat(mask[i] != 0 ? one : other);
    }
  }

  static void round(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.rint(a[i]);
    }
  }

  static void scale(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      int power = (int) b[i];
      int half = power >> 1;
      to[i] = (float) ((float) (a[i] * powerOfTwo(half)) * powerOfTwo(power - half));
    }
  }

  private static double powerOfTwo(int power) {
    return Double.longBitsToDouble((long) (power + Double.MAX_EXPONENT) << 52);
  }

  /** A subnormal number is made normal first. */
  static void exponent(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] =
          Math.abs(a[i]) < Float.MIN_NORMAL
              ? Math.getExponent(a[i] * 0x1p23f) - 23
              : Math.getExponent(a[i]);
    }
  }

  static void sqrt(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.sqrt(a[i]);
    }
  }

  static void sin(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.sin(a[i]);
    }
  }

  static void cos(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.cos(a[i]);
    }
  }

  static void floor(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.floor(a[i]);
    }
  }

  static void isNaN(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Float.isNaN(a[i]) ? 1 : 0;
    }
  }

  static void not(float[] a, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = 1 - a[i];
    }
  }

  static void add(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] + b[i];
    }
  }

  static void subtract(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] - b[i];
    }
  }

  static void multiply(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] * b[i];
    }
  }

  static void divide(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] / b[i];
    }
  }

  static void minimum(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.min(a[i], b[i]);
    }
  }

  static void maximum(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.max(a[i], b[i]);
    }
  }

  static void pow(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) Math.pow(a[i], b[i]);
    }
  }

  static void less(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      int holds = a[i] < b[i] ? 1 : 0;
      to[i] = holds;
    }
  }

  static void lessEqual(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      int holds = a[i] <= b[i] ? 1 : 0;
      to[i] = holds;
    }
  }

  static void equal(float[] a, float[] b, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      int holds = a[i] == b[i] ? 1 : 0;
      to[i] = holds;
    }
  }
}
