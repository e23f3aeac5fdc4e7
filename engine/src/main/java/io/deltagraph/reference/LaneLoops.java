package io.deltagraph.reference;

/**
 * The loops of the lane language, one per word: each is small enough for the compiler to keep apart
 * and to vectorise. This is the one place that says which function of the platform a word is.
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

  static void sqrt(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.sqrt(a[i]);
    }
  }

  static void exp(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.exp(a[i]);
    }
  }

  static void log(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.log(a[i]);
    }
  }

  static void log1p(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.log1p(a[i]);
    }
  }

  static void expm1(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.expm1(a[i]);
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

  static void tanh(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = Math.tanh(a[i]);
    }
  }

  static void erf(double[] a, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = ErrorFunction.erf(a[i]);
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
      to[i] = a[i] < b[i] ? 1 : 0;
    }
  }

  static void lessEqual(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] <= b[i] ? 1 : 0;
    }
  }

  static void equal(double[] a, double[] b, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = a[i] == b[i] ? 1 : 0;
    }
  }

  static void roundToFloat(double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = (float) to[i];
    }
  }
}
