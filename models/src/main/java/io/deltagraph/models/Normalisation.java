package io.deltagraph.models;

/** What the pre-activations of a layer are made to have mean 0 and variance 1 over, if anything. */
public enum Normalisation {
  /** Nothing. */
  NONE,
  /** Each feature over the rows of a batch, in inference by running statistics. */
  BATCH,
  /** Each row over its features. */
  LAYER
}
