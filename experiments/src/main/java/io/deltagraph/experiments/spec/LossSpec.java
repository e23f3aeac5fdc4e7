package io.deltagraph.experiments.spec;

/**
 * What is made small.
 *
 * @param function the loss
 * @param l1 the factor λ of the L1 penalty, 0 for none
 * @param l2 the factor λ of the L2 penalty, 0 for none
 */
public record LossSpec(Choice function, double l1, double l2) {}
