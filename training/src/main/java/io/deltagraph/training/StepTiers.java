package io.deltagraph.training;

/** What the steps of the plans that train run on: a plan for each size of batch that there was. */
public interface StepTiers {

  /** Whether each of them runs as it will from now on: none is being warmed aside any more. */
  boolean isSettled();

  /** How many there are. */
  int steps();

  /** How many of them run on the faster backend now. */
  int fastSteps();
}
