package io.deltagraph.check;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One tensor of a gradient report: what autodiff gives, beside what up to two other roads give.
 *
 * @param name the parameter, input or intermediate value
 * @param kind which of them
 * @param autodiff the gradient under test, in f64
 * @param closedForm the gradient by a textbook formula, of the same type
 * @param closedFormAgreement how the two agree
 * @param differences the central differences
 * @param differencesAgreement how they agree with autodiff
 * @param clues what may explain a wrong gradient
 */
public record GradientRow(
    String name,
    Kind kind,
    Tensor autodiff,
    Optional<Tensor> closedForm,
    Optional<Agreement> closedFormAgreement,
    Optional<Estimate> differences,
    Optional<Agreement> differencesAgreement,
    Clues clues) {

  /** What the gradient is taken with respect to. */
  public enum Kind {
    /** A parameter. */
    PARAMETER,
    /** A value on the way, whose gradient is the delta of its layer. */
    DELTA,
    /** An input. */
    INPUT
  }

  /**
   * The entry to look at first.
   *
   * @param position one number per dimension
   * @param autodiff the gradient there
   * @param closedForm the closed form there, if there is one
   * @param difference the central difference there, if the entry was moved
   */
  public record Worst(
      List<Integer> position,
      double autodiff,
      OptionalDouble closedForm,
      OptionalDouble difference) {
    public Worst {
      position = ImmutableList.copyOf(position);
    }

    /** Such as {@code [3, 0]}. */
    public String place() {
      return position.toString();
    }
  }

  /** A row with autodiff's gradient alone, which is inconclusive. */
  public static GradientRow of(String name, Kind kind, Tensor autodiff) {
    return new GradientRow(
        name,
        kind,
        autodiff,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Clues.NONE);
  }

  /** This row with what may explain a wrong gradient. */
  public GradientRow withClues(Clues known) {
    return new GradientRow(
        name,
        kind,
        autodiff,
        closedForm,
        closedFormAgreement,
        differences,
        differencesAgreement,
        known);
  }

  /** This row with a closed form, compared within {@link Bounds#CLOSED_FORM}. */
  public GradientRow withClosedForm(Tensor gradient) {
    return withClosedForm(gradient, gradient, Bounds.CLOSED_FORM);
  }

  /**
   * This row with a closed form.
   *
   * @param gradient the closed form, of autodiff's type
   * @param magnitudes the size of the terms that were added up to each entry (for {@code ŷ − t} it
   *     is {@code |ŷ| + |t|}, carried through absolute values), or the gradient
   * @param bound the relative bound
   */
  public GradientRow withClosedForm(Tensor gradient, Tensor magnitudes, double bound) {
    Preconditions.checkArgument(
        gradient.type().equals(autodiff.type()) && magnitudes.type().equals(autodiff.type()),
        "The closed form of '%s' has the type %s and magnitudes of type %s, autodiff's has %s.",
        name,
        gradient.type(),
        magnitudes.type(),
        autodiff.type());
    int length = autodiff.length();
    Agreement agreement =
        Agreement.of(
            autodiff.toDoubles(),
            gradient.toDoubles(),
            magnitudes.toDoubles(),
            new double[length],
            i -> false,
            bound);
    return new GradientRow(
        name,
        kind,
        autodiff,
        Optional.of(gradient),
        Optional.of(agreement),
        differences,
        differencesAgreement,
        clues);
  }

  /** This row with central differences, compared within {@link Bounds#FINITE_DIFFERENCES}. */
  public GradientRow withDifferences(Estimate estimate) {
    return new GradientRow(
        name,
        kind,
        autodiff,
        closedForm,
        closedFormAgreement,
        Optional.of(estimate),
        Optional.of(estimate.compare(autodiff)),
        clues);
  }

  /** The verdict of all roads together; inconclusive if there is none. */
  public Verdict verdict() {
    return Stream.of(closedFormAgreement, differencesAgreement)
        .flatMap(Optional::stream)
        .map(Agreement::verdict)
        .reduce(Verdict::and)
        .orElse(Verdict.INCONCLUSIVE);
  }

  /**
   * The entry with the largest difference: from the closed form if only that fails or there are no
   * differences, else from the differences. Empty where the rows hold no such entry.
   */
  public Optional<Worst> worst() {
    boolean closedFails =
        closedFormAgreement.filter(a -> a.verdict() == Verdict.FAIL).isPresent()
            && differencesAgreement.filter(a -> a.verdict() == Verdict.FAIL).isEmpty();
    int moved = closedFails ? -1 : worstMoved();
    int flat = moved >= 0 ? moved : closedFormAgreement.map(Agreement::worst).orElse(-1);
    if (flat < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Worst(
            Ints.asList(Grids.position(flat, autodiff.type().shape().sizes())),
            autodiff.get(flat),
            closedForm.isPresent()
                ? OptionalDouble.of(closedForm.get().get(flat))
                : OptionalDouble.empty(),
            slope(flat)));
  }

  private int worstMoved() {
    if (differences.isEmpty()
        || differencesAgreement.isEmpty()
        || differences.get().extent() == Estimate.Extent.DIRECTION) {
      return -1;
    }
    int index = differencesAgreement.get().worst();
    return index < 0 ? -1 : differences.get().positions().get(index);
  }

  private OptionalDouble slope(int flat) {
    if (differences.isEmpty()) {
      return OptionalDouble.empty();
    }
    int index = differences.get().positions().indexOf(flat);
    return index < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(differences.get().slopes().get(index));
  }

  /** Whether it is the closed form that is wrong: the two other roads agree. */
  public boolean blamesClosedForm() {
    return failed(closedFormAgreement)
        && differencesAgreement.filter(a -> a.verdict() == Verdict.PASS).isPresent();
  }

  /**
   * Why the gradient is wrong, if the row fails: by its closed form, or else by its differences
   * where they are those of entries; why the closed form is, if {@link #blamesClosedForm}.
   */
  public Optional<Diagnosis> diagnosis() {
    if (blamesClosedForm()) {
      return found(closedForm.orElseThrow(), autodiff, closedFormAgreement);
    }
    if (closedForm.isPresent() && failed(closedFormAgreement)) {
      return found(autodiff, closedForm.get(), closedFormAgreement);
    }
    if (differences.isPresent()
        && failed(differencesAgreement)
        && differences.get().extent() != Estimate.Extent.DIRECTION) {
      return found(autodiff, differences.get().spread(autodiff.type()), differencesAgreement);
    }
    return Optional.empty();
  }

  private static boolean failed(Optional<Agreement> agreement) {
    return agreement.filter(a -> a.verdict() == Verdict.FAIL).isPresent();
  }

  private Optional<Diagnosis> found(Tensor wrong, Tensor right, Optional<Agreement> agreement) {
    double bound = agreement.orElseThrow().bound();
    return Optional.of(Diagnosis.of(wrong, right, bound, clues))
        .filter(diagnosis -> !diagnosis.isRight());
  }
}
