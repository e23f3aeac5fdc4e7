package io.deltagraph.derivations.marking;

import com.google.common.collect.ImmutableList;
import io.deltagraph.check.Diagnosis.Finding;
import io.deltagraph.derivations.language.Misreading;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A derivation, marked.
 *
 * @param verdict on all of it: right, wrong or inconclusive
 * @param conventions how the file stores weights and samples and reduces its cost
 * @param lines those that say something of the net, in order
 * @param missing the gradients of parameters that the file says nothing of
 * @param remarks what may be meant otherwise, and where a search ended early
 */
public record Marking(
    Verdict verdict,
    List<String> conventions,
    List<Line> lines,
    List<String> missing,
    List<String> remarks) {
  public Marking {
    conventions = ImmutableList.copyOf(conventions);
    lines = ImmutableList.copyOf(lines);
    missing = ImmutableList.copyOf(missing);
    remarks = ImmutableList.copyOf(remarks);
  }

  /** What is said of a line. */
  public enum Verdict {
    /** Equal to rounding, in the cost's own reduction. */
    RIGHT("right"),
    /** Right with another reduction throughout the file. */
    RIGHT_BUT_SCALED("right-but-scaled"),
    /** Wrong, but exactly what follows from a wrong line above. */
    FOLLOWS("follows"),
    /** Wrong. */
    WRONG("wrong"),
    /** Nothing can be told. */
    INCONCLUSIVE("inconclusive"),
    /** Not understood. */
    UNREAD("unread");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    /** The name in answers. */
    public String text() {
      return text;
    }
  }

  /**
   * A line that says something of the net, or is not understood.
   *
   * @param line its number
   * @param name what it is about, in ASCII; empty for one that is not understood
   * @param source its text
   * @param verdict what is said of it
   * @param identical whether it becomes the node that automatic differentiation makes
   * @param causes why it is wrong, the most telling first, and the difference that remains when one
   *     is repaired
   * @param difference the relative difference, NaN where there is none
   * @param right the right line, where it is wrong and there is one
   * @param follows the number of the wrong line that it follows from
   * @param problem why it is not understood
   * @param remark why nothing can be told
   */
  public record Line(
      int line,
      String name,
      String source,
      Verdict verdict,
      boolean identical,
      List<Finding> causes,
      double difference,
      Optional<String> right,
      OptionalInt follows,
      Optional<Misreading> problem,
      String remark) {
    public Line {
      causes = ImmutableList.copyOf(causes);
    }
  }
}
