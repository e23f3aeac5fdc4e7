package io.deltagraph.experiments;

/**
 * How a run trains and what it shows; nothing of it is in the spec, and no bit of the model depends
 * on it.
 *
 * @param curves which losses the curve shows
 * @param resume whether to go on from what a run that was cut off has left beside the model, if it
 *     has left anything
 * @param anomaly whether every step is looked through for numbers that are not finite
 * @param detailed whether what else is drawn of a run is kept: the net is looked at after some of
 *     the epochs
 */
public record RunOptions(Runs.Curves curves, boolean resume, boolean anomaly, boolean detailed) {}
