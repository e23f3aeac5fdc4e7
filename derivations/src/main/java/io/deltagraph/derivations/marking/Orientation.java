package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.language.Derivation;
import io.deltagraph.derivations.language.Derivation.Samples;
import io.deltagraph.derivations.language.Derivation.Weights;
import java.util.ArrayList;
import java.util.List;

/** How a file stores weights and samples. */
record Orientation(Weights weights, Samples samples) {

  /** Those that a file may have, the usual one first. */
  static List<Orientation> of(Derivation derivation) {
    List<Orientation> all = new ArrayList<>();
    for (Samples samples : Samples.values()) {
      for (Weights weights : Weights.values()) {
        if (derivation.weights().orElse(weights) == weights
            && derivation.samples().orElse(samples) == samples) {
          all.add(new Orientation(weights, samples));
        }
      }
    }
    return all;
  }

  boolean columns() {
    return samples == Samples.COLUMNS;
  }

  boolean inByOut() {
    return weights == Weights.IN_BY_OUT;
  }

  /** What answers call it. */
  List<String> words() {
    return List.of(
        inByOut() ? "weights in x out" : "weights out x in",
        columns() ? "samples as columns" : "samples as rows");
  }
}
