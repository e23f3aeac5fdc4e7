package io.deltagraph.derivations.marking;

import io.deltagraph.check.Cause;
import io.deltagraph.check.DerivativeSlip;
import io.deltagraph.derivations.language.DerivationWriter;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Derivative;
import io.deltagraph.derivations.language.Expression.Function;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import io.deltagraph.derivations.marking.Trees.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** Changes that undo mistakes with the derivatives of activations. */
final class DerivativeRepairs {
  /** {@code H(Z)}, {@code Z > 0} and the like. */
  private static final Set<String> STEPS =
      Set.of("heaviside", "sign", "greater", "greater_equal", "less", "less_equal");

  private final KnownNames names;
  private final Scene scene;
  private final Orientation orientation;
  private final Predicate<Repairs.Spotted> ofLayer;

  DerivativeRepairs(Scene scene, Orientation orientation, Predicate<Repairs.Spotted> ofLayer) {
    this.scene = scene;
    this.orientation = orientation;
    this.ofLayer = ofLayer;
    names = new KnownNames(scene, orientation);
  }

  private String phi(int l) {
    String function = DerivationWriter.UNICODE.function(Function.of(activation(l)));
    return function + "'(Z" + l + ")";
  }

  private String activation(int l) {
    return scene.plan().layers().get(l - 1).activation().op();
  }

  private boolean softmax(int l) {
    return activation(l).contains("softmax");
  }

  private static Expression slope(int l) {
    return new Derivative(Function.activation(l), List.of(Name.value("Z", l)), Map.of());
  }

  /** The Jacobian of a softmax, applied to a gradient by its outputs. */
  private Expression jacobian(int l, Expression gradient) {
    Expression a = Name.value("A", l);
    Expression weighted = Trees.join(Operator.ENTRYWISE, gradient, a);
    OptionalInt axis = OptionalInt.of(orientation.columns() ? 0 : 1);
    Expression sum = new Reduction(false, weighted, axis, true);
    return Trees.join(Operator.MINUS, weighted, Trees.join(Operator.ENTRYWISE, a, sum));
  }

  void add(List<Spot> spots, List<Repair> all) {
    for (Spot spot : spots) {
      List<Expression> factors = Trees.factors(spot.node());
      for (int from = 0; factors.size() > 1 && from < factors.size(); from++) {
        for (int count = 1; count <= 2 && from + count <= factors.size(); count++) {
          List<Expression> rest = new ArrayList<>(factors);
          List<Expression> taken = rest.subList(from, from + count);
          Expression factor = Trees.product(List.copyOf(taken));
          taken.clear();
          if (!rest.isEmpty() && !Trees.names(factor).isEmpty()) {
            without(spot, Trees.product(rest), factor, all);
          }
        }
      }
      replaced(spot, all);
      if (spot.node() instanceof Derivative derivative) {
        inside(spot, derivative, all);
      }
    }
    for (Spot spot : spots) {
      // A derivative multiplies a gradient; relu' times Z is A, and no chain rule.
      boolean value =
          spot.node() instanceof Name name && !name.isGradient() && !name.equals(Repairs.LINE);
      for (int l = 1; l <= scene.depth() && !value; l++) {
        if (ofLayer.test(new Repairs.Spotted(spot.node(), l))) {
          Expression with =
              softmax(l)
                  ? jacobian(l, spot.node())
                  : Trees.join(Operator.ENTRYWISE, spot.node(), slope(l));
          Cause cause =
              softmax(l)
                  ? new DerivativeSlip.MissingJacobian(l)
                  : new DerivativeSlip.Missing(l, phi(l));
          Repairs.add(all, cause, spot.put().apply(with));
        }
      }
    }
  }

  private static boolean derivativeLike(Expression factor) {
    return factor instanceof Derivative
        || !form(factor).isEmpty()
        || Trees.factors(factor).stream().anyMatch(part -> part instanceof Derivative);
  }

  private static int layerOf(Expression factor) {
    return Trees.names(factor).stream().mapToInt(Name::index).max().orElse(-1);
  }

  /** A factor taken away, or the softmax's Jacobian put in its place. */
  private void without(Spot spot, Expression rest, Expression factor, List<Repair> all) {
    int l = layerOf(factor);
    if (l < 1 || l > scene.depth() || !derivativeLike(factor)) {
      return;
    }
    Cause extra = new DerivativeSlip.Extra(l, Repairs.text(factor));
    Repairs.add(all, extra, spot.put().apply(rest));
    if (softmax(l)) {
      Cause diagonal = new DerivativeSlip.SoftmaxDiagonal(Repairs.text(factor));
      Repairs.add(all, diagonal, spot.put().apply(jacobian(l, rest)));
    }
  }

  /** A derivative that is written out, or that of another function, replaced by the right one. */
  private void replaced(Spot spot, List<Repair> all) {
    List<Expression> factors = Trees.factors(spot.node());
    for (int from = 0; from < factors.size(); from++) {
      for (int count = 1; count <= 2 && from + count <= factors.size(); count++) {
        Expression factor = Trees.product(factors.subList(from, from + count));
        String form = form(factor);
        boolean derivative = factor instanceof Derivative;
        if (form.isEmpty() && !derivative) {
          continue;
        }
        for (int l = 1; l <= scene.depth(); l++) {
          if (softmax(l) || !ofLayer.test(new Repairs.Spotted(factor, l))) {
            continue;
          }
          List<Expression> with = new ArrayList<>(factors);
          with.subList(from, from + count).clear();
          with.add(from, slope(l));
          String function = factor instanceof Derivative d ? functionOf(d.function()) : form;
          boolean same = function.equals(activation(l));
          String argument =
              Trees.names(factor).stream()
                  .filter(name -> name.indexed())
                  .map(KnownNames::label)
                  .findFirst()
                  .orElse("");
          if (same && argument.isEmpty()) {
            continue;
          }
          String text = Repairs.text(factor);
          Cause cause =
              same
                  ? new DerivativeSlip.Argument(argument, "Z" + l)
                  : new DerivativeSlip.OfFunction(function, text, l, activation(l));
          Repairs.add(all, cause, spot.put().apply(Trees.product(with)));
        }
      }
    }
  }

  /** The same function at the pre-activation of a layer. */
  private void inside(Spot spot, Derivative derivative, List<Repair> all) {
    Expression argument = derivative.arguments().getFirst();
    for (int l = 1; l <= scene.depth(); l++) {
      Name z = Name.value("Z", l);
      if (!argument.equals(z) && argument instanceof Name name) {
        List<Expression> arguments = new ArrayList<>(derivative.arguments());
        arguments.set(0, z);
        Repairs.add(
            all,
            new DerivativeSlip.Argument(KnownNames.label(names.canonical(name)), "Z" + l),
            spot.put()
                .apply(new Derivative(derivative.function(), arguments, derivative.attributes())));
      }
    }
  }

  private String functionOf(Function function) {
    return function.name().equals("phi")
            && function.layer() >= 1
            && function.layer() <= scene.depth()
        ? activation(function.layer())
        : function.name();
  }

  /** Which function's derivative a formula in the activation is; empty for none that is known. */
  private static String form(Expression factor) {
    Set<Name> used = Trees.names(factor);
    boolean one = used.size() == 1 && used.iterator().next().indexed();
    if (!one) {
      return "";
    }
    List<Spot> spots = Trees.spots(factor);
    boolean minus = spots.stream().anyMatch(spot -> oneMinus(spot.node()).isPresent());
    boolean square =
        spots.stream()
            .flatMap(spot -> oneMinus(spot.node()).stream())
            .anyMatch(DerivativeRepairs::isSquare);
    boolean product =
        spots.stream()
            .anyMatch(spot ->
                spot.node() instanceof Binary binary && binary.operator() == Operator.ENTRYWISE);
    boolean step =
        spots.stream()
            .anyMatch(
                spot -> spot.node() instanceof Call call && STEPS.contains(call.function().name()));
    if (step && spots.size() <= 3) {
      return "relu";
    }
    boolean twice = product && occurrences(spots) == 2;
    if (minus && (square || (twice && minusOfProduct(factor)))) {
      return "tanh";
    }
    return minus && twice ? "sigmoid" : "";
  }

  /** What is taken from 1. */
  private static Optional<Expression> oneMinus(Expression node) {
    return node instanceof Binary(Operator operator, Numeral(double value), Expression right)
            && operator == Operator.MINUS
            && value == 1
        ? Optional.of(right)
        : Optional.empty();
  }

  private static boolean isSquare(Expression node) {
    return (node instanceof Binary binary && binary.operator() == Operator.POWER)
        || (node instanceof Call call && call.function().name().equals("square"));
  }

  private static long occurrences(List<Spot> spots) {
    return spots.stream().filter(spot -> spot.node() instanceof Name).count();
  }

  private static boolean minusOfProduct(Expression factor) {
    return factor instanceof Binary binary
        && binary.operator() == Operator.MINUS
        && binary.right() instanceof Binary(Operator operator, Expression l, Expression r)
        && operator == Operator.ENTRYWISE;
  }
}
