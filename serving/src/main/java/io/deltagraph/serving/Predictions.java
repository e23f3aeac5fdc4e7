package io.deltagraph.serving;

import io.deltagraph.data.Targets;
import io.deltagraph.tensor.Tensor;

/**
 * What a model says about the rows of a table.
 *
 * @param outputs of the net, n × outputs
 * @param target the class or the number of each row
 */
public record Predictions(Tensor outputs, Targets target) {}
