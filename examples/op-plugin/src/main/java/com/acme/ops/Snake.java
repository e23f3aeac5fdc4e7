package com.acme.ops;

import io.deltagraph.graph.*;

/** {@code x + sin²(a x) / a}, an activation for what repeats (Ziyin, Hartwig and Ueda 2020). */
public final class Snake implements Pointwise<Snake.Wave> {
  public record Wave(double frequency) {
    public Wave {
      if (!(frequency > 0)) throw new IllegalArgumentException("frequency > 0, got " + frequency);
    }
  }
  @Override public OpId id() { return OpId.of("acme:snake"); }
  @Override public OpSignature signature() { return OpSignature.of("x"); }
  @Override public Schema<Wave> schema() {
    return Schema.of(Wave::new, OpAttribute.number("frequency", Wave::frequency).orElse(1.0));
  }
  @Override public Lane forward(Wave wave, Lanes x) {
    Lane sine = x.get(0).times(wave.frequency()).sin();
    return x.get(0).plus(sine.times(sine).over(wave.frequency()));
  }
}
