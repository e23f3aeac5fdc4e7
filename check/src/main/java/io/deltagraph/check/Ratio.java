package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** The ratios by which derivations go wrong, as they stand in codes: twos and reductions. */
public enum Ratio {
  /** A square without its half. */
  TWO("2", 2, 0, 0),
  /** A square without its 2. */
  HALF("1/2", 0.5, 0, 0),
  /** A sum over the samples for a mean. */
  N("n", 1, 1, 0),
  /** A mean over the samples for a sum. */
  PER_N("1/n", 1, -1, 0),
  /** A sum over the outputs for a mean. */
  K("k", 1, 0, 1),
  /** A mean over the outputs for a sum. */
  PER_K("1/k", 1, 0, -1),
  /** A sum over both for a mean over both. */
  NK("nk", 1, 1, 1),
  /** A mean over both for a sum over both. */
  PER_NK("1/(nk)", 1, -1, -1),
  /** A mean over the outputs for one over the samples. */
  N_PER_K("n/k", 1, 1, -1),
  /** A mean over the samples for one over the outputs. */
  K_PER_N("k/n", 1, -1, 1);

  private static final MathContext DIGITS = new MathContext(6);

  private final String text;
  private final double number;
  private final int samples;
  private final int outputs;

  Ratio(String text, double number, int samples, int outputs) {
    this.text = text;
    this.number = number;
    this.samples = samples;
    this.outputs = outputs;
  }

  /** How it is written in a code. */
  public String text() {
    return text;
  }

  /** What is left of it without n and k. */
  public double number() {
    return number;
  }

  /** The power of n and that of k. */
  public List<Integer> powers() {
    return ImmutableList.of(samples, outputs);
  }

  /** Whether it is one that another reduction makes. */
  public boolean isReduction() {
    return number == 1;
  }

  /** Its value for so many samples and outputs. */
  public double value(int n, int k) {
    return number * Math.pow(n, samples) * Math.pow(k, outputs);
  }

  /** Where it may come from. */
  String hint() {
    return switch (this) {
      case TWO -> "a factor 2 too many, such as that of a square without its 1/2";
      case HALF -> "a factor 2 is missing, such as that of a square's derivative";
      case N -> summed("samples");
      case PER_N -> averaged("samples");
      case K -> summed("outputs");
      case PER_K -> averaged("outputs");
      case NK -> summed("samples times that of outputs");
      case PER_NK -> averaged("samples times that of outputs");
      case N_PER_K -> "a mean over the outputs where the right one has one over the samples";
      case K_PER_N -> "a mean over the samples where the right one has one over the outputs";
    };
  }

  static String summed(String of) {
    return "a sum over the " + of + " where the right one has a mean";
  }

  static String averaged(String of) {
    return "a mean over the " + of + " where the right one has a sum";
  }

  /** The same for a code, without exponent. */
  static String plain(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /** A number with as many digits as a sentence shows. */
  static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toString()
        : Double.toString(value);
  }
}
