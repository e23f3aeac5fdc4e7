package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The likely causes of a wrong gradient. Every known mistake predicts what the wrong gradient is;
 * one is named if its prediction is within {@link Bounds#DIAGNOSIS} times the accuracy of the right
 * gradient, as a vector, and leaves at most a hundredth of the difference unexplained.
 *
 * @param difference the length of the difference over that of the longer gradient
 * @param findings the causes that fit, the likeliest first; empty for a right gradient
 */
public record Diagnosis(double difference, List<Finding> findings) {
  public Diagnosis {
    findings = ImmutableList.copyOf(findings);
  }

  /** A cause and how far its prediction is from the wrong gradient, relative to the longer one. */
  public record Finding(Cause cause, double residual) {}

  /** A diagnosis without clues, against a gradient by central differences. */
  public static Diagnosis of(Tensor actual, Tensor expected) {
    return of(actual, expected, Bounds.FINITE_DIFFERENCES, Clues.NONE);
  }

  /**
   * A diagnosis.
   *
   * @param actual the gradient in doubt
   * @param expected the right one; entries that are NaN are not known
   * @param accuracy how accurate the right one is, relative to its length
   * @param clues what else is known
   */
  public static Diagnosis of(Tensor actual, Tensor expected, double accuracy, Clues clues) {
    return new Differential(actual, expected, accuracy, clues).diagnosis();
  }

  /** Whether there is nothing to explain. */
  public boolean isRight() {
    return findings.isEmpty();
  }

  /** The likeliest cause with its residual, and the others that fit; empty for a right gradient. */
  public String sentence() {
    if (findings.isEmpty()) {
      return "";
    }
    Finding first = findings.getFirst();
    String others =
        findings.stream()
            .skip(1)
            .map(finding -> finding.cause().sentence())
            .collect(Collectors.joining(" Or: "));
    String residual =
        Double.isFinite(first.residual())
            ? String.format(Locale.ROOT, " (residual %.0e)", first.residual())
            : "";
    return first.cause().sentence() + residual + (others.isEmpty() ? "" : " Or: " + others);
  }
}
