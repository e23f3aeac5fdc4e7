package io.deltagraph.training;

/**
 * The rows of a training: those that are trained on, in the order of each epoch, a portion in
 * memory at a time, and those that are held out of it to watch the loss on.
 */
interface TrainingRows {
  /** How many rows are trained on. */
  int count();

  /** How many of them are in each portion but the last; no batch lies in two of them. */
  int perPortion();

  /** A portion of an epoch, from 0; what was given before is of no use any more. */
  Portion portion(int epoch, int number);

  /** How many rows are held out. */
  int heldOut();

  /** Some of those. */
  Samples heldOut(int from, int to);

  /** What is the same for the same rows in the same order. */
  String fingerprint();
}
