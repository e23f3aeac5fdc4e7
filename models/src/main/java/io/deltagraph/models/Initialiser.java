package io.deltagraph.models;

import io.deltagraph.random.RandomStream;

/** How weights are drawn before training. */
public sealed interface Initialiser {

  /** One weight of a layer with {@code fanIn} inputs and {@code fanOut} neurons. */
  double draw(RandomStream random, int fanIn, int fanOut);

  /** Normal with deviation {@code 1/√fanIn} (000 §4.5). */
  record NormalFanIn() implements Initialiser {
    @Override
    public double draw(RandomStream random, int fanIn, int fanOut) {
      return random.nextGaussian() / Math.sqrt(fanIn);
    }
  }

  /** Uniform in {@code ±√(6/(fanIn + fanOut))} (Glorot and Bengio 2010). */
  record Glorot() implements Initialiser {
    @Override
    public double draw(RandomStream random, int fanIn, int fanOut) {
      double bound = Math.sqrt(6.0 / (fanIn + fanOut));
      return random.nextDouble(-bound, bound);
    }
  }

  /** Normal with deviation {@code √(2/fanIn)} (He et al. 2015). */
  record He() implements Initialiser {
    @Override
    public double draw(RandomStream random, int fanIn, int fanOut) {
      return random.nextGaussian() * Math.sqrt(2.0 / fanIn);
    }
  }

  /**
   * Uniform between two bounds: {@code ±ε} (002), or [0, 1], which saturates a sigmoid (000 §4.5).
   */
  record Uniform(double low, double high) implements Initialiser {
    @Override
    public double draw(RandomStream random, int fanIn, int fanOut) {
      return random.nextDouble(low, high);
    }
  }

  /**
   * All zero: hidden neurons stay equal (001), so this is for demonstrations and for regressions.
   */
  record Zeros() implements Initialiser {
    @Override
    public double draw(RandomStream random, int fanIn, int fanOut) {
      return 0;
    }
  }
}
