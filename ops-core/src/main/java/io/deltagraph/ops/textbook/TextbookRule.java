package io.deltagraph.ops.textbook;

import io.deltagraph.graph.Apply;
import io.deltagraph.graph.Value;
import java.util.Optional;
import java.util.function.Function;

/**
 * One step from what autodiff makes to what a textbook writes.
 *
 * @param name what a printed derivation calls it, such as {@code (A B)ᵀ → Bᵀ Aᵀ}
 * @param stage whether others are tried before it
 * @param assuming what has to hold of the data, as a sentence without its dot; empty where the two
 *     sides are always equal
 * @param form an equal value of the same type, or empty if the rule does not fit the node
 */
public record TextbookRule(
    String name, Stage stage, String assuming, Function<Apply, Optional<Value>> form) {

  /** When a rule is tried. */
  public enum Stage {
    /** Before all of the others. */
    FIRST,
    /** Where no other rule fits: what holds of an op in general. */
    LAST
  }

  /** A rule that always holds. */
  public static TextbookRule of(String name, Function<Apply, Optional<Value>> form) {
    return new TextbookRule(name, Stage.FIRST, "", form);
  }

  /** A rule for what no other rule fits. */
  public static TextbookRule general(String name, Function<Apply, Optional<Value>> form) {
    return new TextbookRule(name, Stage.LAST, "", form);
  }

  /** A rule that holds of data of which something is known. */
  public static TextbookRule assuming(
      String what, String name, Function<Apply, Optional<Value>> form) {
    return new TextbookRule(name, Stage.FIRST, what, form);
  }

  /** What the node is equal to by this rule, if the rule says so and it is another value. */
  public Optional<Value> rewrite(Apply node) {
    return form.apply(node).filter(value -> value != node);
  }
}
