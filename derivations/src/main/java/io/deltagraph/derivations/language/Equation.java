package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A line of a derivation, {@code name = expression}.
 *
 * @param name what the line is about
 * @param indices the free indices of the index form, as {@code i} and {@code j} in {@code dW2[i,j]
 *     = …}; none in matrix form
 * @param expression what it is said to be
 */
public record Equation(Expression.Name name, List<String> indices, Expression expression) {
  public Equation {
    indices = ImmutableList.copyOf(indices);
  }

  /** An equation in matrix form. */
  public Equation(Expression.Name name, Expression expression) {
    this(name, List.of(), expression);
  }
}
