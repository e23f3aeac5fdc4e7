package io.deltagraph.experiments.spec;

/**
 * What is held out.
 *
 * @param testFraction the share of the rows, in [0, 1)
 * @param folds how many parts to deal the rows into, each held out once; 0 means none, then the
 *     share counts
 */
public record SplitSpec(double testFraction, int folds) {}
