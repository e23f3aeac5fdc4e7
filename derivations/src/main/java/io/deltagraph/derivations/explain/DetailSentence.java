package io.deltagraph.derivations.explain;

import io.deltagraph.derivations.language.Expression;
import java.util.List;

/** How a line comes about, as a sentence of words and formulas, whatever both are written in. */
final class DetailSentence {

  /** A piece of a sentence. */
  sealed interface Piece {
    /** Words of this program's own. */
    record Words(String text) implements Piece {}

    /** The name of a rule, which may have mathematical signs. */
    record RuleName(String text) implements Piece {}

    /** A formula. */
    record Formula(Expression expression) implements Piece {}

    /** Two formulas that are equal. */
    record Equal(Expression left, Expression right) implements Piece {}
  }

  private DetailSentence() {}

  static List<Piece> of(Detail detail) {
    return switch (detail) {
      case Detail.Chain chain ->
          List.of(
              new Piece.Words("chain rule through "),
              new Piece.Equal(chain.through().name(), chain.through().expression()),
              new Piece.Words(": "),
              new Piece.Equal(chain.of(), chain.share()));
      case Detail.Accumulation several ->
          List.of(
              new Piece.Formula(several.of()),
              new Piece.Words(
                  " is used %d times: what comes back adds up".formatted(several.times())));
      case Detail.Local local ->
          List.of(
              new Piece.Words("local derivative: "), new Piece.Equal(local.slope(), local.equal()));
      case Detail.Rewriting rewriting ->
          List.of(
              new Piece.Equal(rewriting.before(), rewriting.after()),
              new Piece.Words("    by the rule: "),
              new Piece.RuleName(rewriting.rule()));
    };
  }
}
