package io.deltagraph.closedform;

/**
 * An activation {@code a = φ(z)} of one layer, applied to one sample at a time, with its
 * hand-derived derivative.
 *
 * <p>Every {@code double[]} here is one row: the pre-activations, activations or cotangents of one
 * sample, of the length of the layer.
 */
public sealed interface Activation permits Elementwise, SoftmaxActivation, ReducedSoftmax {

  /** {@code φ(z)} for one sample. */
  double[] value(double[] z);

  /** {@code Jᵀ g} with {@code J = ∂a/∂z}: takes {@code ∂C/∂a} to {@code ∂C/∂z} for one sample. */
  double[] pullback(double[] z, double[] gradient);

  /** {@code J dz}: takes a small change of z to the change of a, for one sample. */
  double[] pushforward(double[] z, double[] change);

  /**
   * The magnitude of the terms that {@link #pullback} adds, when those of {@code ∂C/∂a} have the
   * magnitude {@code scale}.
   *
   * <p>Subtractions count as additions of absolute values (so {@code 1 − tanh²} has magnitude
   * {@code 1 + tanh²}): rounding errors are proportional to this, not to what cancellation leaves.
   */
  double[] pullbackScale(double[] z, double[] scale);
}
