package io.deltagraph.check;

/**
 * How far two roads to the same number may lie apart, in f64. The figures were measured on real
 * digits: two exact orders of summation differ by 2.4e-16, central differences by 3.6e-10 at best,
 * at {@link #STEP}; a step ten times smaller is ten times worse, one a hundred times larger crosses
 * kinks.
 */
public final class Bounds {
  /**
   * Autodiff against closed form, vector-relative per tensor, and per entry relative to the max.
   */
  public static final double CLOSED_FORM = 1e-12;

  /** The same at random weights, where nothing cancels. */
  public static final double CLOSED_FORM_AT_RANDOM_WEIGHTS = 1e-13;

  /** Autodiff against central differences, vector-relative per tensor, for smooth functions. */
  public static final double FINITE_DIFFERENCES = 1e-8;

  /** A Hessian-vector product against a central difference of gradients. */
  public static final double SECOND_ORDER = 1e-7;

  /** The asymmetry of a Hessian, relative to its largest entry. */
  public static final double HESSIAN_SYMMETRY = 1e-12;

  /** Forward mode against reverse, {@code u·(Jv) = (Jᵀu)·v}, relative to the terms added. */
  public static final double FORWARD_AGAINST_REVERSE = 1e-13;

  /** The step of a central difference is this times {@code max(1, |x|)}. */
  public static final double STEP = 1e-5;

  /** Entries smaller than this on both sides say nothing. */
  public static final double TINY = 1e-9;

  /** The share of a tensor's entries that must be conclusive for a pass. */
  public static final double CONCLUSIVE_SHARE = 0.9;

  /**
   * What rounding may contribute to a difference, as a share of the tensor, for a pass that needed
   * the allowance for rounding; beyond it the tolerance would be an absolute one.
   */
  public static final double ROUNDING_SHARE = 1e-2;

  /**
   * How far a cause may be from the wrong gradient to be named, as a multiple of the accuracy of
   * the right one.
   */
  public static final double DIAGNOSIS = 100;

  private static final double ROUNDING_UNITS = 10;

  private Bounds() {}

  /** The step of a central difference at {@code x}. */
  public static double step(double x) {
    return STEP * Math.max(1, Math.abs(x));
  }

  /**
   * What rounding makes of a central difference, {@code 10·ε·max(1, |C|)/h}, where {@code ε} is the
   * distance from 1 to the next number.
   */
  public static double roundingFloor(double loss, double step) {
    return ROUNDING_UNITS * Math.ulp(1.0) * Math.max(1, Math.abs(loss)) / step;
  }
}
