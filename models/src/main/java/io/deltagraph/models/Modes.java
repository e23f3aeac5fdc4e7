package io.deltagraph.models;

import com.google.common.base.Preconditions;
import io.deltagraph.graph.GraphParameter;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.MeanAndVariance;
import io.deltagraph.ops.RandomUniform;
import io.deltagraph.random.Seeds;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Layers that do one thing in training and another in inference, or that scale what passes:
 * dropout, batch normalisation and layer normalisation.
 */
final class Modes {
  /** What is added to a variance before its root is taken, as in PyTorch. */
  private static final double EPSILON = 1e-5;

  /** How much of a running statistic each step keeps, as PyTorch's momentum of 0.1 does. */
  private static final double KEPT = 0.9;

  /** Seeds of 52 bits are exact in doubles, and so are all that follow by counting. */
  private static final long SEED_BITS = (1L << 52) - 1;

  private final ModelBuilder made;
  private final Seeds seeds;

  Modes(ModelBuilder made, Seeds seeds) {
    this.made = made;
    this.seeds = seeds;
  }

  /**
   * {@code x ⊙ [u ≥ rate] / (1 − rate)} with u uniform in [0, 1) in training, x in inference
   * (Srivastava et al. 2014, scaled at once). The seed counts the steps.
   */
  Value dropout(String name, Value x, double rate) {
    Preconditions.checkArgument(
        rate >= 0 && rate < 1, "A dropout's rate is from 0 to below 1, got %s.", rate);
    if (rate == 0) {
      return x;
    }
    long first = seeds.derive(name).key() & SEED_BITS;
    GraphParameter seed = made.parameter(name + ".seed", Tensor.longs(first).reshape());
    made.update(seed, seed.plus(1));
    Value kept = RandomUniform.of(x, seed).greaterEqual(rate);
    return made.inTraining(kept.where(x.times(1 / (1 - rate)), x.constant(0)), x);
  }

  /**
   * {@code γ ⊙ (x − μ) / √(σ² + ε) + β} for each feature (Ioffe and Szegedy 2015): μ and σ² are
   * those of the batch in training, σ² without Bessel's correction, and running means in inference.
   */
  Value batch(String name, Value x) {
    int width = x.shape().dim(-1).size();
    Affine affine = affine(name, width);
    GraphParameter mean = made.parameter(name + ".mean", Shape.of(width), () -> 0);
    GraphParameter variance = made.parameter(name + ".variance", Shape.of(width), () -> 1);
    List<Integer> axes = IntStream.range(0, x.shape().rank() - 1).boxed().toList();
    MeanAndVariance.Moments batch = MeanAndVariance.of(x, axes, false, 0);
    made.update(mean, running(mean, batch.mean()));
    made.update(variance, running(variance, batch.variance()));
    return made.inTraining(
        affine.of(x, batch.mean(), batch.variance()), affine.of(x, mean, variance));
  }

  /** Pre-activations normalised as a layer's plan wants it. */
  Value normalised(String name, Normalisation normalisation, Value z) {
    return switch (normalisation) {
      case NONE -> z;
      case BATCH -> batch(name, z);
      case LAYER -> layer(name, z);
    };
  }

  private static Value running(Value old, Value now) {
    return old.times(KEPT).plus(now.times(1 - KEPT));
  }

  /** The same with μ and σ² of each row's features (Ba, Kiros and Hinton 2016), in both modes. */
  Value layer(String name, Value x) {
    MeanAndVariance.Moments row = MeanAndVariance.of(x, List.of(-1), true, 0);
    return affine(name, x.shape().dim(-1).size()).of(x, row.mean(), row.variance());
  }

  private Affine affine(String name, int width) {
    return new Affine(
        made.parameter(name + ".gamma", Shape.of(width), () -> 1),
        made.parameter(name + ".beta", Shape.of(width), () -> 0));
  }

  private record Affine(Value gamma, Value beta) {
    Value of(Value x, Value mean, Value variance) {
      Value scaled = x.minus(mean).over(variance.plus(EPSILON).sqrt());
      return scaled.times(gamma).plus(beta);
    }
  }
}
