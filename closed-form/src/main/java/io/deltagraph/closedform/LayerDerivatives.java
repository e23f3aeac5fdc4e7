package io.deltagraph.closedform;

/**
 * What a forward and a backward pass leave at one layer of d neurons and e inputs, for n samples.
 *
 * <p>Beside each derivative stands its scale, the sum of the absolute values of the terms that make
 * it up: differences near a minimum are to be measured against it, because cancellation there
 * leaves fewer right digits in correct code.
 *
 * @param preActivation {@code Z}, n x d
 * @param activation {@code A = φ(Z)}, n x d
 * @param delta {@code δ = ∂C/∂Z}, n x d
 * @param deltaScale n x d
 * @param weightGradient {@code ∂C/∂W = δᵀ A(l−1) + λ/n W}, d x e
 * @param weightGradientScale d x e
 * @param biasGradient {@code ∂C/∂b}, the sum of δ over the samples, of length d
 * @param biasGradientScale of length d
 */
@SuppressWarnings("ArrayRecordComponent") // plain arrays are the point
public record LayerDerivatives(
    double[][] preActivation,
    double[][] activation,
    double[][] delta,
    double[][] deltaScale,
    double[][] weightGradient,
    double[][] weightGradientScale,
    double[] biasGradient,
    double[] biasGradientScale) {}
