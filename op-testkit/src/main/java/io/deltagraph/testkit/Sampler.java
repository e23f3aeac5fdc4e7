package io.deltagraph.testkit;

import com.google.common.base.Preconditions;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.TensorType;
import java.util.random.RandomGenerator;

/** Where the numbers of an input come from. The same random bits give the same tensor. */
@FunctionalInterface
public interface Sampler {

  /** A tensor of a type whose sizes are known. */
  Tensor sample(TensorType type, RandomGenerator random);

  /** Numbers spread evenly between two bounds. */
  static Sampler uniform(double low, double high) {
    return (type, random) -> Tensor.generate(type, i -> low + (high - low) * random.nextDouble());
  }

  /** Numbers of a given magnitude and either sign, so that none is near 0. */
  static Sampler awayFromZero(double low, double high) {
    return (type, random) ->
        Tensor.generate(
            type,
            i -> (random.nextBoolean() ? 1 : -1) * (low + (high - low) * random.nextDouble()));
  }

  /** Class numbers from 0 up to but not including {@code count}. */
  static Sampler classes(int count) {
    return (type, random) -> Tensor.generate(type, i -> random.nextInt(count));
  }

  /** Truth values, as 0 and 1. */
  static Sampler coin() {
    return (type, random) -> Tensor.generate(type, i -> random.nextInt(2));
  }

  /** Rows along the last axis that hold one 1 and zeros: the classes of samples. */
  static Sampler oneHot() {
    return (type, random) -> {
      int width = width(type);
      int[] chosen = random.ints(Math.max(1, type.shape().elements() / width), 0, width).toArray();
      return Tensor.generate(type, i -> i % width == chosen[i / width] ? 1 : 0);
    };
  }

  /** Rows along the last axis of positive numbers whose sum is 1. */
  static Sampler probabilities() {
    return (type, random) -> {
      int width = width(type);
      double[] raw =
          random.doubles(type.shape().elements()).map(uniform -> 0.1 + uniform).toArray();
      double[] sums = new double[Math.max(1, raw.length / width)];
      for (int i = 0; i < raw.length; i++) {
        sums[i / width] += raw[i];
      }
      return Tensor.generate(type, i -> raw[i] / sums[i / width]);
    };
  }

  private static int width(TensorType type) {
    Preconditions.checkArgument(type.rank() > 0, "Rows need at least one axis, got %s.", type);
    return Math.max(1, type.shape().dim(-1).size());
  }
}
