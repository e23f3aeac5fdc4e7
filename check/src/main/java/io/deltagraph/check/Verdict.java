package io.deltagraph.check;

/** What a comparison says. */
public enum Verdict {
  /** Enough entries could be compared, and all agree. */
  PASS,
  /** Some entry disagrees beyond what rounding can explain. */
  FAIL,
  /** Too few entries are large enough, or far enough from kinks, to say anything. */
  INCONCLUSIVE;

  /** The verdict on two things together: one failure fails both, one doubt leaves a doubt. */
  public Verdict and(Verdict other) {
    if (this == FAIL || other == FAIL) {
      return FAIL;
    }
    return this == INCONCLUSIVE || other == INCONCLUSIVE ? INCONCLUSIVE : PASS;
  }
}
