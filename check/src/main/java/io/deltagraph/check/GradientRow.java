package io.deltagraph.check;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import io.deltagraph.tensor.Tensor;
import java.util.Arrays;
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
   * This row with a closed form; one of another shape than autodiff's fails.
   *
   * @param gradient the closed form, of autodiff's dtype
   * @param magnitudes the size of the terms that were added up to each entry (for {@code ŷ − t} it
   *     is {@code |ŷ| + |t|}, carried through absolute values), or the gradient
   * @param bound the relative bound
   */
  public GradientRow withClosedForm(Tensor gradient, Tensor magnitudes, double bound) {
    Preconditions.checkArgument(
        gradient.type().dtype() == autodiff.type().dtype(),
        "The closed form of '%s' has the type %s, autodiff's has %s; give it in the same dtype.",
        name,
        gradient.type(),
        autodiff.type());
    Preconditions.checkArgument(
        magnitudes.type().equals(gradient.type()),
        "The closed form of '%s' has the type %s, its magnitudes have %s.",
        name,
        gradient.type(),
        magnitudes.type());
    Agreement agreement =
        gradient.type().equals(autodiff.type())
            ? Agreement.of(
                autodiff.toDoubles(),
                gradient.toDoubles(),
                magnitudes.toDoubles(),
                new double[autodiff.length()],
                i -> false,
                bound)
            : Agreement.ofOtherShape(bound);
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

  /**
   * This row where the loss itself overflows: a road whose numbers are not finite either says
   * nothing.
   */
  public GradientRow overflowing() {
    boolean closed = closedForm.filter(tensor -> !isFinite(tensor.toDoubles())).isPresent();
    boolean moved =
        differences.filter(known -> !isFinite(Doubles.toArray(known.slopes()))).isPresent();
    return new GradientRow(
        name,
        kind,
        autodiff,
        closedForm,
        closed ? closedFormAgreement.map(Agreement::inconclusive) : closedFormAgreement,
        differences,
        moved ? differencesAgreement.map(Agreement::inconclusive) : differencesAgreement,
        clues);
  }

  private static boolean isFinite(double[] numbers) {
    return Arrays.stream(numbers).allMatch(Double::isFinite);
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
            closedForm.isPresent() && !ofOtherShape()
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

  /** Which of the roads is wrong, as far as the others tell. */
  public enum Blame {
    /**
     * Autodiff: the others, or the only other one, which moves the loss itself, speak against it.
     */
    AUTODIFF,
    /**
     * The closed form: the two others agree, or it has not even the shape of what it differentiates
     * by.
     */
    CLOSED_FORM,
    /** One of autodiff and the closed form, which no differences decide. */
    EITHER
  }

  /** Which road is wrong; empty where the row does not fail. */
  public Optional<Blame> blame() {
    if (verdict() != Verdict.FAIL) {
      return Optional.empty();
    }
    if (!failed(closedFormAgreement)) {
      return Optional.of(Blame.AUTODIFF);
    }
    if (ofOtherShape()) {
      return Optional.of(Blame.CLOSED_FORM);
    }
    return Optional.of(
        switch (differencesAgreement.map(Agreement::verdict).orElse(Verdict.INCONCLUSIVE)) {
          case PASS -> Blame.CLOSED_FORM;
          case FAIL -> Blame.AUTODIFF;
          case INCONCLUSIVE -> Blame.EITHER;
        });
  }

  private boolean ofOtherShape() {
    return closedFormAgreement.filter(Agreement::isOfOtherShape).isPresent();
  }

  /**
   * Why the gradient is wrong, if the row fails; why the closed form is, where {@link #blame} says
   * so or leaves it open.
   */
  public Optional<Diagnosis> diagnosis() {
    return blame()
        .flatMap(blame ->
            switch (blame) {
              case AUTODIFF -> ofAutodiff();
              case CLOSED_FORM, EITHER ->
                  found(closedForm.orElseThrow(), autodiff, closedFormAgreement);
            });
  }

  /**
   * Why autodiff is wrong, if it is: by the closed form unless the differences deny that as well.
   */
  Optional<Diagnosis> ofAutodiff() {
    boolean moved =
        failed(differencesAgreement)
            && differences.orElseThrow().extent() != Estimate.Extent.DIRECTION;
    boolean trusted =
        closedForm.isPresent()
            && failed(closedFormAgreement)
            && !(moved
                && differences.orElseThrow().compare(closedForm.get()).verdict() == Verdict.FAIL);
    if (trusted) {
      return found(autodiff, closedForm.orElseThrow(), closedFormAgreement);
    }
    return moved
        ? found(autodiff, differences.orElseThrow().spread(autodiff.type()), differencesAgreement)
        : Optional.empty();
  }

  private static boolean failed(Optional<Agreement> agreement) {
    return agreement.filter(a -> a.verdict() == Verdict.FAIL).isPresent();
  }

  private Optional<Diagnosis> found(Tensor wrong, Tensor right, Optional<Agreement> agreement) {
    double bound = agreement.orElseThrow().bound();
    Clues known = clues;
    if (known.counts().isEmpty()) {
      for (Clues.Count count : differences.map(Estimate::counts).orElse(List.of())) {
        known = known.with(count);
      }
    }
    return Optional.of(Diagnosis.of(wrong, right, bound, known))
        .filter(diagnosis -> !diagnosis.isRight());
  }
}
