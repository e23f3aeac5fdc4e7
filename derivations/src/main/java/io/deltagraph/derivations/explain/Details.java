package io.deltagraph.derivations.explain;

import com.google.common.collect.ImmutableList;
import io.deltagraph.derivations.language.Equation;
import io.deltagraph.derivations.language.Expression;
import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Op;
import io.deltagraph.graph.Value;
import io.deltagraph.ops.textbook.CoreRules;
import io.deltagraph.ops.textbook.Slope;
import io.deltagraph.ops.textbook.TextbookRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How lines come about. */
final class Details {
  private final WrittenNames names;
  private final Expressions expressions;
  private final Cuts cuts;
  private final Set<Detail> shown = new HashSet<>();
  private final Textbook arithmetic =
      Textbook.of(
          new CoreRules()
              .rules().stream()
                  .filter(rule -> rule.stage() == TextbookRule.Stage.FIRST)
                  .toArray(TextbookRule[]::new));

  Details(WrittenNames names, Expressions expressions, Cuts cuts) {
    this.names = names;
    this.expressions = expressions;
    this.cuts = cuts;
  }

  /** The rules that led to a form, each with what it was applied to, but those shown before. */
  List<Detail> rewritings(Textbook.Rewritten form) {
    ImmutableList.Builder<Detail> details = ImmutableList.builder();
    for (Textbook.Step step : form.steps()) {
      Expression before = expressions.definition(step.before());
      Expression after = expressions.of(step.after());
      Detail rewriting = new Detail.Rewriting(step.rule().name(), before, after);
      if (!before.equals(after) && shown.add(rewriting)) {
        details.add(rewriting);
      }
    }
    return details.build();
  }

  /** What comes back, what adds up, the functions' derivatives, and the rules. */
  List<Detail> of(Backward.Found line) {
    ImmutableList.Builder<Detail> details = ImmutableList.builder();
    Expression.Name gradient = names.gradientOf(line.of());
    for (Backward.Share share : line.shares()) {
      Equation through =
          new Equation(names.of(share.through()), expressions.definition(share.through()));
      details.add(new Detail.Chain(through, gradient, expressions.of(share.gradient())));
    }
    if (line.shares().size() > 1) {
      details.add(new Detail.Accumulation(names.of(line.of()), line.shares().size()));
    }
    for (Value value : cuts.within(line.form().value())) {
      if (value instanceof Apply node && slope(node.op())) {
        Value equal = arithmetic.rewrite(node.body().orElseThrow(), cuts::isCut).value();
        details.add(new Detail.Local(expressions.of(value), expressions.of(equal)));
      }
    }
    return details.addAll(rewritings(line.form())).build();
  }

  private static boolean slope(Op<?> op) {
    return op instanceof Slope<?>;
  }
}
