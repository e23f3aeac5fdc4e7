package io.deltagraph.derivations.marking;

import io.deltagraph.derivations.explain.Line;
import io.deltagraph.derivations.language.Equation;
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
import io.deltagraph.models.NetworkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The usual mistakes, made in a right line by changing its expression. */
final class Seeding {
  /** A mistake: the line with it, and the code of its cause. */
  record Mistake(Equation line, String code) {}

  private final NetworkPlan plan;
  private final Equation right;
  private final Name name;
  private final Expression root;
  private final List<Mistake> all = new ArrayList<>();

  private Seeding(NetworkPlan plan, Equation right) {
    this.plan = plan;
    this.right = right;
    name = right.name();
    root = right.expression();
  }

  /** All that can be made in a line. */
  static List<Mistake> of(NetworkPlan plan, Line line) {
    Seeding seeding = new Seeding(plan, line.equation());
    switch (line.kind()) {
      case FORWARD -> seeding.forward();
      case COST -> {}
      case DELTA -> {
        seeding.scaled();
        seeding.delta();
      }
      case GRADIENT -> {
        seeding.scaled();
        seeding.gradient();
      }
    }
    return seeding.all;
  }

  private void add(String code, Expression expression) {
    all.add(new Mistake(new Equation(name, right.indices(), expression), code));
  }

  private String activation(int l) {
    return plan.layers().get(l - 1).activation().op();
  }

  private void forward() {
    if (name.base().equals("Z")
        && root instanceof Binary(Operator op, Expression l, Expression b)
        && op == Operator.PLUS) {
      add("missing-operand:b" + name.index(), l);
      add("sign", Trees.join(Operator.MINUS, l, b));
    }
  }

  private void scaled() {
    add("sign", new Negate(root));
    add("factor:2", Trees.join(Operator.PRODUCT, new Numeral(2), root));
    add("factor:1/2", Trees.join(Operator.QUOTIENT, root, new Numeral(2)));
    add("factor:n", Trees.join(Operator.PRODUCT, Name.value("n"), root));
    add("factor:1/n", Trees.join(Operator.QUOTIENT, root, Name.value("n")));
    if (plan.outputs() > 1) {
      add("factor:1/k", Trees.join(Operator.QUOTIENT, root, Name.value("k")));
    }
    add("composed", new Negate(Trees.join(Operator.QUOTIENT, root, Name.value("n"))));
  }

  private void delta() {
    int l = name.index();
    add("extra-sum", Reduction.sum(root, 0));
    for (Trees.Spot spot : Trees.spots(root)) {
      if (spot.node() instanceof Derivative derivative) {
        slopes(spot, derivative, l);
      }
      if (spot.node() instanceof Binary binary) {
        operators(spot, binary, l);
      }
    }
    boolean last = l == plan.layers().size();
    boolean slope = Trees.spots(root).stream().anyMatch(s -> s.node() instanceof Derivative);
    if (last && !slope && activation(l).equals("sigmoid")) {
      add("extra-derivative:" + l, Trees.join(Operator.ENTRYWISE, root, slope(l)));
    }
  }

  private static Expression slope(int l) {
    return new Derivative(Function.activation(l), List.of(Name.value("Z", l)), Map.of());
  }

  private void slopes(Trees.Spot spot, Derivative derivative, int l) {
    List<Expression> at = new ArrayList<>(derivative.arguments());
    at.set(0, Name.value("A", l));
    if (!activation(l).contains("relu")) { // of which A has the sign of Z: no mistake
      add(
          "derivative-argument:A" + l,
          spot.put().apply(new Derivative(derivative.function(), at, derivative.attributes())));
    }
    String other = activation(l).equals("tanh") ? "sigmoid" : "tanh";
    Expression z = derivative.arguments().getFirst();
    add(
        "derivative-of:" + other,
        spot.put().apply(new Derivative(Function.of(other), List.of(z), Map.of())));
  }

  private void operators(Trees.Spot spot, Binary binary, int l) {
    Expression left = binary.left();
    Expression right = binary.right();
    switch (binary.operator()) {
      case ENTRYWISE -> {
        if (right instanceof Derivative) {
          add("missing-derivative:" + l, spot.put().apply(left));
        }
        if (right instanceof Binary(Operator inner, Expression g, Expression sum)
            && inner == Operator.MINUS
            && sum instanceof Reduction
            && activation(l).equals("softmax")
            && left instanceof Name a) {
          Expression one = Trees.join(Operator.MINUS, new Numeral(1), a);
          add(
              "softmax-diagonal",
              spot.put()
                  .apply(
                      Trees.join(Operator.ENTRYWISE, Trees.join(Operator.ENTRYWISE, g, a), one)));
        }
      }
      case MINUS -> {
        if (right.equals(Name.value("T"))) {
          add("missing-operand:T", spot.put().apply(left));
        }
        if (right instanceof Call call && call.function().name().equals("one_hot")) {
          add("target-form", spot.put().apply(Trees.join(Operator.MINUS, left, Name.value("T"))));
        }
      }
      case PRODUCT -> {
        if (right instanceof Name w && w.base().equals("W")) {
          add("transposed", spot.put().apply(Trees.join(Operator.PRODUCT, left, new Transpose(w))));
          Name below = Name.value("W", w.index() - 1);
          add(
              "wrong-layer:W" + below.index() + "→W" + w.index(),
              spot.put().apply(Trees.join(Operator.PRODUCT, left, below)));
        }
      }
      case PLUS, QUOTIENT, POWER, STAR -> {}
    }
  }

  private void gradient() {
    int l = name.index();
    if (name.base().equals("b") && root instanceof Reduction sum) {
      add("missing-sum", sum.operand());
      add("axis", Reduction.sum(sum.operand(), 1));
      add("weights-updated", new Negate(Trees.join(Operator.PRODUCT, Name.value("eta"), root)));
      if (plan.l2() > 0 && plan.l1() == 0) {
        add("penalty-on-bias:" + l, Trees.join(Operator.PLUS, root, rate(Name.value("b", l))));
      }
    }
    if (name.base().equals("W")) {
      weights(l);
    }
  }

  private static Expression rate(Expression of) {
    return Trees.join(
        Operator.PRODUCT, Trees.join(Operator.QUOTIENT, Name.value("lambda"), Name.value("n")), of);
  }

  private void weights(int l) {
    Expression data = root;
    if (root instanceof Binary(Operator op, Expression first, Expression term)
        && op == Operator.PLUS) {
      data = first;
      add("missing-penalty:W" + l, first);
      add(
          "penalty-factor:n",
          Trees.join(Operator.PLUS, first, Trees.join(Operator.PRODUCT, Name.value("n"), term)));
      add(
          "penalty-factor:2",
          Trees.join(Operator.PLUS, first, Trees.join(Operator.PRODUCT, new Numeral(2), term)));
      add("sign", Trees.join(Operator.MINUS, first, term));
    } else {
      add(
          "extra-penalty:W" + l,
          Trees.join(
              Operator.PLUS,
              root,
              Trees.join(Operator.PRODUCT, new Numeral(0.1), Name.value("W", l))));
      add("transposed", new Transpose(root));
      add(
          "weights-updated",
          Trees.join(
              Operator.MINUS,
              Name.value("W", l),
              Trees.join(Operator.PRODUCT, Name.value("eta"), root)));
    }
    if (data instanceof Binary(Operator op, Expression delta, Expression below)
        && op == Operator.PRODUCT
        && delta instanceof Transpose(Expression inner)) {
      Expression swapped = Trees.join(Operator.PRODUCT, below, delta);
      add("order", data.equals(root) ? swapped : Trees.with(root, List.of(swapped, last())));
      if (l > 1 && below instanceof Name && !activation(l - 1).equals("identity")) {
        Expression used = Trees.join(Operator.PRODUCT, delta, Name.value("Z", l - 1));
        add(
            "wrong-operand:Z" + (l - 1) + "→A" + (l - 1),
            data.equals(root) ? used : Trees.with(root, List.of(used, last())));
      }
      if (l > 1) {
        Name other = l == 2 ? Name.value("X") : Name.value("A", l - 2);
        Expression used = Trees.join(Operator.PRODUCT, delta, other);
        add(
            "wrong-layer:" + (l == 2 ? "X" : "A" + (l - 2)) + "→A" + (l - 1),
            data.equals(root) ? used : Trees.with(root, List.of(used, last())));
      }
    }
  }

  private Expression last() {
    return Trees.parts(root).getLast();
  }
}
