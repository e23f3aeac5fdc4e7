package io.deltagraph.testkit;

import io.deltagraph.check.Agreement;
import io.deltagraph.check.Bounds;
import io.deltagraph.check.FiniteDifferences;
import io.deltagraph.check.Verdict;
import io.deltagraph.graph.Value;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * A table of slopes from a backward rule beside one of central differences: a row per cotangent, a
 * column per entry of the input or per direction in it.
 */
final class Slopes {
  private final int columns;
  private final double[] rule;
  private final double[] differences;
  private final Agreement agreement;

  private Slopes(int columns, double[] rule, double[] differences, Agreement agreement) {
    this.columns = columns;
    this.rule = rule;
    this.differences = differences;
    this.agreement = agreement;
  }

  /**
   * Compares.
   *
   * @param numbers the trial whose forward pass gives the differences
   * @param ruled the trial that the gradient belongs to, at the same numbers
   * @param input the input
   * @param gradient the gradient with respect to it
   * @param rows the cotangents
   */
  static Slopes of(Trial numbers, Trial ruled, int input, Value gradient, List<Tensor> rows) {
    List<FiniteDifferences.Column> moved = numbers.columns(input);
    Slopes first = of(numbers, ruled, input, gradient, rows, moved, moved);
    if (first.agreement().verdict() != Verdict.FAIL) {
      return first;
    }
    return of(numbers, ruled, input, gradient, rows, moved, numbers.wideColumns(input));
  }

  /** Where two steps differ, half of the difference is allowed: truncation takes a third of it. */
  private static Slopes of(
      Trial numbers,
      Trial ruled,
      int input,
      Value gradient,
      List<Tensor> rows,
      List<FiniteDifferences.Column> moved,
      List<FiniteDifferences.Column> wide) {
    List<Tensor> directions = numbers.directions(input);
    double[][] gradients = ruled.gradients(gradient, rows);
    int columns = moved.size();
    double[] rule = new double[rows.size() * columns];
    double[] differences = new double[rule.length];
    double[] scales = new double[rule.length];
    double[] floors = new double[rule.length];
    for (int row = 0; row < rows.size(); row++) {
      Tensor weights = rows.get(row);
      for (int column = 0; column < columns; column++) {
        int cell = row * columns + column;
        if (directions.isEmpty()) {
          rule[cell] = gradients[row][column];
        } else {
          Tensor direction = directions.get(column);
          for (int i = 0; i < direction.length(); i++) {
            double term = gradients[row][i] * direction.get(i);
            rule[cell] += term;
            scales[cell] = Math.hypot(scales[cell], term);
          }
        }
        FiniteDifferences.Column slopes = moved.get(column);
        List<Double> wider = wide.get(column).slopes();
        double truncation = 0;
        for (int k = 0; k < weights.length(); k++) {
          truncation += weights.get(k) * (wider.get(k) - slopes.slopes().get(k));
          differences[cell] += weights.get(k) * slopes.slopes().get(k);
          floors[cell] += Math.abs(weights.get(k)) * slopes.floors().get(k);
        }
        floors[cell] += Math.abs(truncation) / 2;
      }
    }
    Agreement agreement =
        Agreement.of(
            rule,
            differences,
            scales,
            floors,
            cell -> moved.get(cell % columns).masked() || wide.get(cell % columns).masked(),
            Bounds.FINITE_DIFFERENCES);
    return new Slopes(columns, rule, differences, agreement);
  }

  Agreement agreement() {
    return agreement;
  }

  /** The entries by the rule. */
  double[] rule() {
    return rule;
  }

  /** The worst entry and how far apart the tables are. */
  String describe(int input) {
    int worst = agreement.worst();
    String entry =
        worst < 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", worst in row %d at entry %d of input %d: backward gives %.12g, central differences"
                    + " %.12g",
                worst / columns,
                worst % columns,
                input,
                rule[worst],
                differences[worst]);
    return agreement + entry;
  }
}
