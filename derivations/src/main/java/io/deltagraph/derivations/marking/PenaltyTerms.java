package io.deltagraph.derivations.marking;

import static java.util.Objects.requireNonNull;

import io.deltagraph.derivations.language.Expression;
import io.deltagraph.derivations.language.Expression.Binary;
import io.deltagraph.derivations.language.Expression.Call;
import io.deltagraph.derivations.language.Expression.Name;
import io.deltagraph.derivations.language.Expression.Numeral;
import io.deltagraph.derivations.language.Expression.Operator;
import io.deltagraph.derivations.language.Expression.Reduction;
import java.util.ArrayList;
import java.util.List;

/** What the penalties of a net add to its cost and to the gradients of its weights. */
record PenaltyTerms(String name, Expression term) {

  static List<PenaltyTerms> of(Scene scene, Name target) {
    double l1 = scene.plan().l1();
    double l2 = scene.plan().l2();
    boolean both = l1 > 0 && l2 > 0;
    List<PenaltyTerms> all = new ArrayList<>();
    if (l2 > 0) {
      all.add(penalty(scene, target, both ? Name.value("lambda", 2) : Name.value("lambda"), false));
    }
    if (l1 > 0) {
      all.add(penalty(scene, target, both ? Name.value("lambda", 1) : Name.value("lambda"), true));
    }
    if (both) {
      all.add(
          new PenaltyTerms("W", Trees.join(Operator.PLUS, all.get(0).term(), all.get(1).term())));
    }
    return all;
  }

  private static PenaltyTerms penalty(Scene scene, Name target, Name lambda, boolean absolute) {
    if (target.isGradient()) {
      Name w = Name.value("W", target.index());
      Expression rate = Trees.join(Operator.QUOTIENT, lambda, Name.value("n"));
      Expression of = absolute ? Call.of("sign", w) : w;
      return new PenaltyTerms(w.base() + w.index(), Trees.join(Operator.PRODUCT, rate, of));
    }
    Expression sum = null;
    for (int l = 1; l <= scene.depth(); l++) {
      Name w = Name.value("W", l);
      Expression of =
          Reduction.sum(
              absolute ? Call.of("abs", w) : new Binary(Operator.POWER, w, new Numeral(2)));
      sum = sum == null ? of : Trees.join(Operator.PLUS, sum, of);
    }
    Expression under =
        absolute ? Name.value("n") : Trees.join(Operator.PRODUCT, new Numeral(2), Name.value("n"));
    return new PenaltyTerms(
        "W",
        Trees.join(
            Operator.PRODUCT, Trees.join(Operator.QUOTIENT, lambda, under), requireNonNull(sum)));
  }
}
