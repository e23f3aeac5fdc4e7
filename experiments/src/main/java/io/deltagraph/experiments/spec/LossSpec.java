package io.deltagraph.experiments.spec;

import io.deltagraph.data.ClassWeights;
import io.deltagraph.data.Targets;
import java.util.Map;
import java.util.Optional;

/**
 * What is made small.
 *
 * @param function the loss
 * @param l1 the factor λ of the L1 penalty, 0 for none
 * @param l2 the factor λ of the L2 penalty, 0 for none
 * @param weighting how much rows count by their class; none where all count the same
 */
public record LossSpec(Choice function, double l1, double l2, Optional<Weighting> weighting) {

  /** A loss in which all rows count the same. */
  public LossSpec(Choice function, double l1, double l2) {
    this(function, l1, l2, Optional.empty());
  }

  /** How much rows count by their class. */
  public sealed interface Weighting {
    /** So much that all classes count the same. */
    record Balanced() implements Weighting {}

    /**
     * By numbers.
     *
     * @param given by the names of the classes; 1 for the others
     */
    record Given(Map<String, Double> given) implements Weighting {
      public Given {
        given = Map.copyOf(given);
      }
    }

    /**
     * The weights themselves.
     *
     * @param source what to call the place in errors
     * @param training the rows that a balance is made from
     * @throws io.deltagraph.data.InputException for a class that does not exist or has no row
     */
    default ClassWeights weights(String source, Targets.Classes training) {
      return switch (this) {
        case Balanced() -> ClassWeights.balanced(source, training);
        case Given(Map<String, Double> given) -> ClassWeights.of(source, given, training.names());
      };
    }
  }
}
