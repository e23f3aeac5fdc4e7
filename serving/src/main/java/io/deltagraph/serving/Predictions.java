package io.deltagraph.serving;

import io.deltagraph.data.Targets;
import io.deltagraph.tensor.Tensor;
import java.util.Optional;

/**
 * What a model says about the rows of a table.
 *
 * @param outputs of the net, n × outputs
 * @param target the class or the number of each row
 * @param probabilities of each class for each row, n × K; empty where the outputs are no
 *     probabilities, because the last op does not say that its numbers are
 */
public record Predictions(Tensor outputs, Targets target, Optional<Tensor> probabilities) {}
