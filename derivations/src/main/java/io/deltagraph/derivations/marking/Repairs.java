package io.deltagraph.derivations.marking;

import io.deltagraph.check.Cause;
import io.deltagraph.check.PenaltySlip;
import io.deltagraph.check.Slip;
import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Negate;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.language.Expression.Transpose;
import io.deltagraph.derivations.marking.Trees.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The single changes that undo a known mistake in an expression, the most telling first. */
final class Repairs {
  /** The value of the line itself, which changes of the whole are made of. */
  static final Name LINE = Name.value("⟨line⟩");

  private final KnownNames names;
  private final Scene scene;
  private final Orientation orientation;
  private final Predicate<Spotted> ofLayer;

  /** A part of an expression, and the layer whose pre-activation its shape may be that of. */
  record Spotted(Expression node, int layer) {}

  Repairs(Scene scene, Orientation orientation, Predicate<Spotted> ofLayer) {
    this.scene = scene;
    this.orientation = orientation;
    this.ofLayer = ofLayer;
    names = new KnownNames(scene, orientation);
  }

  /** Changes that speak for mistakes of a derivation. */
  List<Repair> telling(Expression root, Name target, Expression whole) {
    List<Repair> all = new ArrayList<>();
    List<Spot> spots = new ArrayList<>(Trees.spots(root));
    if (whole.equals(LINE)) {
      spots.add(new Spot(LINE, other -> other));
    }
    new DerivativeRepairs(scene, orientation, ofLayer).add(spots, all);
    penalties(spots, target, whole, all);
    sums(spots, whole, all);
    targets(spots, whole, all);
    updates(target, whole, all);
    signs(spots, all);
    transposes(spots, whole, all);
    orders(spots, all);
    layers(spots, root, all);
    return all;
  }

  static void add(List<Repair> all, Cause cause, Expression tree) {
    all.add(new Repair(cause, tree));
  }

  static String text(Expression expression) {
    return DerivationWriter.UNICODE.write(expression);
  }

  private void penalties(List<Spot> spots, Name target, Expression whole, List<Repair> all) {
    boolean weight = target.isGradient() && target.base().equals("W");
    if (weight || target.base().equals("C")) {
      for (PenaltyTerms penalty : PenaltyTerms.of(scene, target)) {
        String of = weight ? KnownNames.label(Name.value("W", target.index())) : penalty.name();
        add(
            all,
            new PenaltySlip.Missing(of, text(penalty.term())),
            Trees.join(Operator.PLUS, whole, penalty.term()));
      }
    }
    for (Spot spot : spots) {
      if (spot.node() instanceof Binary(Operator operator, Expression left, Expression right)
          && (operator == Operator.PLUS || operator == Operator.MINUS)) {
        Expression positive = operator == Operator.PLUS ? right : new Negate(right);
        dropped(spot, right, left, all);
        dropped(spot, left, positive, all);
      }
    }
  }

  private void dropped(Spot spot, Expression term, Expression rest, List<Repair> all) {
    penalty(term).ifPresent(cause -> add(all, cause, spot.put().apply(rest)));
  }

  /** The cause of a term that is a penalty's and should not be there. */
  private Optional<Cause> penalty(Expression term) {
    for (Name name : Trees.names(term)) {
      Name canonical = names.canonical(name);
      if (!canonical.isGradient() && canonical.base().equals("b")) {
        return Optional.of(new PenaltySlip.OnBias(canonical.index(), text(term)));
      }
    }
    return isPenalty(term)
        ? Trees.names(term).stream()
            .map(names::canonical)
            .filter(name -> name.base().equals("W"))
            .findFirst()
            .map(weight -> new PenaltySlip.Extra(KnownNames.label(weight), text(term)))
        : Optional.empty();
  }

  /** Whether a term is made of weights and numbers alone. */
  boolean isPenalty(Expression term) {
    boolean weight = false;
    for (Name name : Trees.names(term)) {
      Name canonical = names.canonical(name);
      switch (canonical.base()) {
        case "W" -> {
          if (canonical.isGradient()) {
            return false;
          }
          weight = true;
        }
        case "lambda", "n", "k", "eta" -> {}
        default -> {
          return false;
        }
      }
    }
    return weight;
  }

  private void sums(List<Spot> spots, Expression whole, List<Repair> all) {
    for (OptionalInt axis :
        List.of(
            OptionalInt.of(orientation.columns() ? 1 : 0),
            OptionalInt.of(orientation.columns() ? 0 : 1),
            OptionalInt.empty())) {
      for (boolean keepdims : List.of(false, true)) {
        add(
            all,
            new Slip.MissingSum(axis.stream().boxed().toList()),
            new Reduction(false, whole, axis, keepdims));
      }
    }
    for (Spot spot : spots) {
      if (spot.node() instanceof Reduction reduction) {
        add(all, new Slip.ExtraSum(text(reduction)), spot.put().apply(reduction.operand()));
        for (OptionalInt axis :
            List.of(OptionalInt.of(0), OptionalInt.of(1), OptionalInt.empty())) {
          if (!axis.equals(reduction.axis())) {
            add(
                all,
                new Slip.Axis(text(reduction)),
                spot.put()
                    .apply(
                        new Reduction(
                            reduction.mean(), reduction.operand(), axis, reduction.keepdims())));
          }
        }
      }
      if (spot.node() instanceof Expression.IndexSum sum) {
        add(all, new Slip.ExtraSum(text(sum)), spot.put().apply(sum.operand()));
      }
    }
  }

  private void targets(List<Spot> spots, Expression whole, List<Repair> all) {
    Cause cause = new Slip.TargetForm();
    for (Spot spot : spots) {
      if (spot.node() instanceof Name name && names.canonical(name).equals(Name.value("T"))) {
        add(all, cause, spot.put().apply(Call.of("one_hot", name)));
        add(all, cause, spot.put().apply(column(name)));
      }
      if (spot.node() instanceof Call call && call.function().name().equals("one_hot")) {
        add(all, cause, spot.put().apply(call.arguments().getFirst()));
      }
      if (spot.node() instanceof Expression.Selection selection) {
        add(all, cause, spot.put().apply(selection.operand()));
        add(all, cause, spot.put().apply(column(selection)));
      }
    }
    add(all, cause, column(whole));
  }

  private static Expression column(Expression vector) {
    return new Call(Function.of("unsqueeze"), List.of(vector), Map.of("axes", List.of(1)));
  }

  private void updates(Name target, Expression whole, List<Repair> all) {
    if (!KnownNames.isParameterGradient(target)) {
      return;
    }
    Cause cause = new Slip.WeightsUpdated();
    Expression eta = Name.value("eta");
    Expression parameter = Name.value(target.base(), target.index());
    add(
        all,
        cause,
        Trees.join(Operator.QUOTIENT, Trees.join(Operator.MINUS, parameter, whole), eta));
    add(all, cause, new Negate(Trees.join(Operator.QUOTIENT, whole, eta)));
    add(all, cause, Trees.join(Operator.QUOTIENT, whole, eta));
  }

  private static void signs(List<Spot> spots, List<Repair> all) {
    for (Spot spot : spots) {
      switch (spot.node()) {
        case Negate(Expression operand) -> add(all, sign(operand), spot.put().apply(operand));
        case Binary(Operator operator, Expression left, Expression right) -> {
          if (operator == Operator.PLUS || operator == Operator.MINUS) {
            Operator other = operator == Operator.PLUS ? Operator.MINUS : Operator.PLUS;
            add(all, sign(right), spot.put().apply(Trees.join(other, left, right)));
            add(all, sign(left), spot.put().apply(Trees.join(operator, new Negate(left), right)));
          }
        }
        case Call call -> add(all, sign(call), spot.put().apply(new Negate(call)));
        case Name name -> add(all, sign(name), spot.put().apply(new Negate(name)));
        case Numeral numeral -> {}
        case Transpose transpose -> {}
        case Reduction reduction -> {}
        case Derivative derivative -> {}
        case Expression.Selection selection -> {}
        case Expression.IndexSum sum -> {}
      }
    }
  }

  private static Cause sign(Expression part) {
    return new Slip.Sign(text(part));
  }

  private static void transposes(List<Spot> spots, Expression whole, List<Repair> all) {
    add(all, new Slip.Transposed(""), new Transpose(whole));
    for (Spot spot : spots) {
      Expression other =
          spot.node() instanceof Transpose(Expression operand)
              ? operand
              : new Transpose(spot.node());
      if (!(spot.node() instanceof Numeral)) {
        add(all, new Slip.Transposed(text(spot.node())), spot.put().apply(other));
      }
      if (spot.node() instanceof Expression.Selection selection
          && selection.selectors().size() == 2) {
        add(
            all,
            new Slip.Transposed(text(selection)),
            spot.put()
                .apply(
                    new Expression.Selection(
                        selection.operand(), selection.selectors().reversed())));
      }
    }
  }

  private static void orders(List<Spot> spots, List<Repair> all) {
    for (Spot spot : spots) {
      if (spot.node() instanceof Binary(Operator operator, Expression left, Expression right)
          && (operator == Operator.PRODUCT || operator == Operator.QUOTIENT)) {
        add(
            all,
            new Slip.Order(text(spot.node())),
            spot.put().apply(Trees.join(operator, /* left= */ right, /* right= */ left)));
      }
    }
  }

  /** The same value of another layer, at one place or wherever it stands. */
  private void layers(List<Spot> spots, Expression root, List<Repair> all) {
    for (Name name : Trees.names(root)) {
      Name written = names.canonical(name);
      for (Name right : sameOfOtherLayers(written)) {
        Cause cause = new Slip.WrongLayer(KnownNames.label(written), KnownNames.label(right));
        add(all, cause, Trees.mapped(root, part -> part.equals(name) ? right : part));
        for (Spot spot : spots) {
          if (spot.node().equals(name)) {
            add(all, cause, spot.put().apply(right));
          }
        }
      }
    }
  }

  private List<Name> sameOfOtherLayers(Name written) {
    List<Name> others = new ArrayList<>();
    String base = written.base().equals("X") ? "A" : written.base();
    for (Name name : names.all()) {
      String other = name.base().equals("X") ? "A" : name.base();
      if (other.equals(base) && name.of() == written.of() && !name.equals(written)) {
        others.add(name);
      }
    }
    return others;
  }
}
