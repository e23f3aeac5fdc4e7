package io.deltagraph.check;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.check.Diagnosis.Finding;
import io.deltagraph.tensor.Tensor;
import io.deltagraph.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Tries one cause after the other on a wrong gradient. */
final class Differential {
  /** From so many entries on a number fitted to them says something. */
  private static final int FITTED = 3;

  /** From so many on one ratio of all of them does. */
  private static final int OF_ONE_RATIO = 2;

  private static final double UNEXPLAINED_SHARE = 1e-2;
  private static final double IMPRECISE = 1e-5;

  private final Tensor actualTensor;
  private final Tensor expectedTensor;
  private final double[] actual;
  private final double[] expected;
  private final boolean[] known;
  private final double accuracy;
  private final Clues clues;
  private final List<Finding> findings = new ArrayList<>();
  private double difference = Double.POSITIVE_INFINITY;

  Differential(Tensor actual, Tensor expected, double accuracy, Clues clues) {
    this.actualTensor = actual;
    this.expectedTensor = expected;
    this.actual = actual.toDoubles();
    this.expected = expected.toDoubles();
    this.accuracy = accuracy;
    this.clues = clues;
    this.known = new boolean[this.expected.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = !Double.isNaN(this.expected[i]);
    }
  }

  Diagnosis diagnosis() {
    if (!actualTensor.type().shape().equals(expectedTensor.type().shape())) {
      shapes();
    } else if (!right()) {
      entries();
    }
    return new Diagnosis(difference, ImmutableList.copyOf(findings));
  }

  private boolean right() {
    int broken = 0;
    double largest = 0;
    double gap = 0;
    for (int i = 0; i < actual.length; i++) {
      if (known[i]) {
        broken += Double.isFinite(actual[i]) ? 0 : 1;
        largest = Math.max(largest, Math.max(Math.abs(actual[i]), Math.abs(expected[i])));
        gap = Math.max(gap, Math.abs(actual[i] - expected[i]));
      }
    }
    if (broken > 0) {
      findings.add(new Finding(new Symptom.NotFinite(broken), Double.NaN));
      return true;
    }
    difference = residual(actual, expected);
    return gap == 0 || (difference <= accuracy && gap <= accuracy * largest);
  }

  private void shapes() {
    Shape have = actualTensor.type().shape();
    Shape want = expectedTensor.type().shape();
    int[] axes = Grids.summed(have, want);
    if (axes.length > 0 && fits(Grids.sum(actualTensor, axes), expected)) {
      note(new Slip.MissingSum(Ints.asList(axes)), 0);
    }
    if (have.rank() == 2 && have.equals(Shape.of(List.of(want.dim(-1), want.dim(0))))) {
      double[] turned = Grids.transposed(actual, have.sizes());
      if (fits(turned, expected)) {
        note(new Slip.Transposed(""), residual(turned, expected));
      }
    } else if (actual.length == expected.length && fits(actual, expected)) {
      note(new Symptom.Reshaped(have.toString(), want.toString()), residual(actual, expected));
    }
    if (findings.isEmpty()) {
      note(new Symptom.WrongShape(have.toString(), want.toString()), Double.NaN);
    }
  }

  private void note(Cause cause, double residual) {
    findings.add(new Finding(cause, residual));
  }

  /** In the order in which they are believed. */
  private void entries() {
    if (largest(actual) == 0) {
      note(new Symptom.Zero(), 0);
      return;
    }
    if (largest(expected) > 0) {
      clues.suspects().stream()
          .filter(guess -> guess.cause() instanceof Symptom.FollowsFrom)
          .forEach(guess -> test(guess.cause(), actual, doubles(guess)));
      if (!findings.isEmpty()) {
        return; // whatever else it looks like, the mistake is elsewhere
      }
      constants(actual, expected).forEach(c -> note(c.constant(), c.residual()));
      orders();
      sums();
      clues.repairs().forEach(guess -> test(guess.cause(), doubles(guess), expected));
      clues.suspects().forEach(guess -> test(guess.cause(), actual, doubles(guess)));
      factors();
      penalties();
      few();
      if (findings.isEmpty()) {
        fitted();
      }
    }
    if (findings.isEmpty() && difference <= IMPRECISE) {
      note(new Symptom.Imprecise(difference), difference);
    }
    if (findings.isEmpty()) {
      note(unexplained(), difference);
    }
  }

  private double[] doubles(Clues.Guess guess) {
    return guess.gradient().toDoubles();
  }

  private void test(Cause cause, double[] left, double[] right) {
    if (left.length == right.length
        && left.length == expected.length
        && findings.stream().noneMatch(finding -> finding.cause().equals(cause))
        && fits(left, right)) {
      note(cause, residual(left, right));
    }
  }

  private boolean fits(double[] left, double[] right) {
    double residual = residual(left, right);
    return residual <= Bounds.DIAGNOSIS * accuracy
        && residual <= UNEXPLAINED_SHARE * difference
        && largest(right) > 0;
  }

  private double residual(double[] left, double[] right) {
    return Residuals.residual(left, right, known);
  }

  private double largest(double[] values) {
    return Residuals.largest(values, known);
  }

  private double ratio(double[] left, double[] right) {
    return Residuals.ratio(left, right, known);
  }

  private record Scaled(Slip.Constant constant, double residual) {}

  /** The known constants that turn {@code right} into {@code left}, the simplest alone. */
  private List<Scaled> constants(double[] left, double[] right) {
    double ratio = ratio(left, right);
    List<Scaled> found = new ArrayList<>();
    if (!fits(left, Grids.scaled(right, ratio))) {
      return found;
    }
    double near = 10 * Bounds.DIAGNOSIS * accuracy;
    for (Slip.Constant constant : Constants.near(ratio, near, clues)) {
      double[] predicted = Grids.scaled(right, constant.ratio());
      if (fits(left, predicted)) {
        found.add(new Scaled(constant, residual(left, predicted)));
      }
    }
    return found;
  }

  private void orders() {
    int[] sizes = expectedTensor.type().shape().sizes();
    if (sizes.length >= 2) {
      // Where they differ in number, rows were written as columns or the other way round.
      int[] turned = sizes.clone();
      turned[sizes.length - 2] = sizes[sizes.length - 1];
      turned[sizes.length - 1] = sizes[sizes.length - 2];
      test(new Slip.Transposed(""), actual, Grids.transposed(expected, sizes));
      test(new Slip.Transposed(""), actual, Grids.transposed(expected, turned));
    }
    if (findings.isEmpty() && actual.length >= FITTED && allKnown()) {
      double[] left = actual.clone();
      double[] right = expected.clone();
      Arrays.sort(left);
      Arrays.sort(right);
      test(new Symptom.Reordered(), left, right);
    }
  }

  private boolean allKnown() {
    return Arrays.stream(expected).noneMatch(Double::isNaN);
  }

  private void sums() {
    if (clues.terms().isPresent()) {
      Clues.Terms terms = clues.terms().get();
      Cause cause = new Slip.MissingSum(terms.axes());
      for (double[] term : Grids.slices(terms.value(), Ints.toArray(terms.axes()))) {
        test(cause, actual, term);
      }
      int[] axes = Ints.toArray(terms.axes());
      for (int axis : axes.length > 1 ? axes : new int[0]) {
        int[] others = Arrays.stream(axes).filter(a -> a != axis).toArray();
        Tensor partial = Grids.summedTensor(terms.value(), others);
        for (double[] term : Grids.slices(partial, new int[] {axis})) {
          test(new Slip.MissingSum(List.of(axis)), actual, term);
        }
      }
    }
  }

  private void factors() {
    List<Clues.Factor> usable =
        clues.factors().stream()
            .filter(f -> f.value().type().shape().equals(expectedTensor.type().shape()))
            .toList();
    for (Clues.Factor factor : usable) {
      double[] values = factor.value().toDoubles();
      test(factor.missing(), Grids.product(actual, values), expected);
    }
    for (Clues.Factor factor : usable) {
      double[] values = factor.value().toDoubles();
      test(factor.extra(), actual, Grids.product(expected, values));
    }
    for (Clues.Factor used : usable) {
      for (Clues.Factor right : usable) {
        Cause known = new Slip.WrongOperand(used.name(), right.name());
        if (!used.name().equals(right.name())
            && findings.stream().noneMatch(finding -> finding.cause().equals(known))) {
          test(
              new Slip.WrongFactor(used.name(), right.name()),
              Grids.product(actual, right.value().toDoubles()),
              Grids.product(expected, used.value().toDoubles()));
        }
      }
    }
  }

  private void penalties() {
    if (clues.penalty().isEmpty() || clues.penalty().get().part().length() != expected.length) {
      return;
    }
    double[] penalty = clues.penalty().get().part().toDoubles();
    if (largest(penalty) == 0) {
      return;
    }
    double times = ratio(Grids.minus(actual, expected), penalty);
    double whole = Math.rint(times);
    double snapped = Math.abs(times - whole) < UNEXPLAINED_SHARE ? whole : times;
    if (whole == snapped || expected.length >= FITTED) {
      test(penalty(1 + snapped), actual, Grids.plus(expected, Grids.scaled(penalty, snapped)));
    }
    double[] data = Grids.minus(expected, penalty);
    if (largest(data) > 0) {
      constants(Grids.minus(actual, penalty), data)
          .forEach(c -> note(new Slip.OfTerm("the data's part", c.constant()), c.residual()));
    }
  }

  /** The cause of a penalty's term that is there so many times. */
  private Cause penalty(double times) {
    return times == 0
        ? new PenaltySlip.Missing(clues.penalty().orElseThrow().of(), "")
        : new PenaltySlip.Times(
            Constants.near(times, Bounds.DIAGNOSIS * accuracy, clues).stream()
                .findFirst()
                .orElse(Slip.Constant.of(times)));
  }

  /** Most entries are right. */
  private void few() {
    double largest = largest(expected);
    int conclusive = 0;
    int off = 0;
    int zero = 0;
    int last = -1;
    for (int i = 0; i < actual.length; i++) {
      if (known[i]) {
        conclusive++;
        if (Math.abs(actual[i] - expected[i]) > Bounds.DIAGNOSIS * accuracy * largest) {
          off++;
          zero += actual[i] == 0 ? 1 : 0;
          last = i;
        }
      }
    }
    if (off > 0 && off == zero && off < conclusive) {
      note(new Symptom.PartlyZero(off), 0);
    } else if (off == 1 && conclusive >= FITTED) {
      int[] place = Grids.position(last, expectedTensor.type().shape().sizes());
      note(new Symptom.OneEntry(Ints.asList(place), actual[last], expected[last]), 0);
    }
  }

  /** A number fitted to the entries, whatever it is. */
  private void fitted() {
    int conclusive = 0;
    double sum = 0;
    int nonzero = 0;
    for (int i = 0; i < actual.length; i++) {
      if (known[i]) {
        conclusive++;
        nonzero += expected[i] == 0 ? 0 : 1;
        sum += actual[i] - expected[i];
      }
    }
    double ratio = ratio(actual, expected);
    boolean telling = nonzero >= OF_ONE_RATIO || (nonzero == 1 && isWhole(ratio));
    if (telling && Math.abs(ratio - 1) > IMPRECISE) {
      test(Slip.Constant.of(ratio), actual, Grids.scaled(expected, ratio));
    }
    if (conclusive >= FITTED) {
      double by = sum / conclusive;
      double[] shifted = Arrays.stream(expected).map(x -> x + by).toArray();
      test(new Symptom.Shifted(by), actual, shifted);
    }
  }

  /** Whether a ratio is a whole number, or one over one: of a single entry no other says much. */
  private static boolean isWhole(double ratio) {
    double larger = Math.max(Math.abs(ratio), 1 / Math.abs(ratio));
    return Math.abs(larger - Math.rint(larger)) < IMPRECISE && larger < 1 / IMPRECISE;
  }

  private Symptom.Unexplained unexplained() {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < actual.length; i++) {
      if (known[i] && Math.abs(expected[i]) > 0) {
        lowest = Math.min(lowest, actual[i] / expected[i]);
        highest = Math.max(highest, actual[i] / expected[i]);
      }
    }
    return new Symptom.Unexplained(lowest, highest);
  }
}
