package io.deltagraph.training;

import java.util.OptionalDouble;

/**
 * The losses of an epoch.
 *
 * @param epoch from 1
 * @param loss the mean of its batches' losses, each before its step, weighted by its rows
 * @param validation the loss on the validation rows after the epoch, where there are any
 */
public record EpochLosses(int epoch, double loss, OptionalDouble validation) {}
