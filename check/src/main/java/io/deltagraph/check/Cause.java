package io.deltagraph.check;

import java.util.List;

/**
 * Why a gradient, or a line of a derivation, is wrong: what a check of numbers, the kit for ops and
 * the marking of derivations name, in the same words.
 */
public sealed interface Cause permits Slip, DerivativeSlip, PenaltySlip, Symptom {

  /** The name in answers, such as {@code missing-derivative:1}. */
  String code();

  /** One or two sentences for the author. */
  String sentence();

  /** What it is made of, where that is more than one cause. */
  default List<Cause> parts() {
    return List.of();
  }
}
