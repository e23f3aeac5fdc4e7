package io.deltagraph.graph;

/**
 * What the numbers that an op gives can be, whatever its inputs. It decides what an op may be used
 * for: a loss of margins needs numbers of both signs, and only probabilities are shown as such.
 */
public enum Codomain {
  /** Any number. */
  REALS,
  /** Never below 0. */
  NON_NEGATIVE,
  /** Never above 0. */
  NON_POSITIVE,
  /** From 0 to 1, each the probability of an event of its own. */
  EVENT_PROBABILITIES,
  /** From 0 to 1, and 1 in all along the last axis: the probabilities of classes. */
  CLASS_PROBABILITIES,
  /** The logarithms of {@link #CLASS_PROBABILITIES}. */
  CLASS_LOG_PROBABILITIES;

  /** Whether these are probabilities. */
  public boolean isProbability() {
    return this == EVENT_PROBABILITIES || this == CLASS_PROBABILITIES;
  }
}
