package io.deltagraph.graph;

/**
 * How an op is written, in plain text and in LaTeX. A template holds {@code {0}} for the first
 * input as it is, {@code {0:p}} for the first input in parentheses where it binds looser than this
 * op, {@code {*}} for all inputs with commas between, and {@code {axis}} for an attribute.
 */
public record Notation(String text, String latex, Binding binding) {

  /** How tightly a formula holds together, loosest first. */
  public enum Binding {
    /** {@code a or b}. */
    LOGIC,
    /** {@code a < b}. */
    COMPARISON,
    /** {@code a + b}. */
    SUM,
    /** {@code a · b}. */
    PRODUCT,
    /** {@code −a}. */
    PREFIX,
    /** {@code a²}, {@code aᵀ}. */
    POWER,
    /** A name, a number, a function with its brackets. */
    ATOM
  }

  /** {@code name(x, y)}. */
  public static Notation function(String name) {
    return function(name, "\\operatorname{" + name.replace("_", "\\_") + "}");
  }

  /** {@code name(x, y)}, with a LaTeX command for the name. */
  public static Notation function(String name, String latexName) {
    return new Notation(name + "({*})", latexName + "\\left({*}\\right)", Binding.ATOM);
  }

  /** {@code x + y}. */
  public static Notation infix(String text, String latex, Binding binding) {
    return new Notation("{0:p} " + text + " {1:p}", "{0:p} " + latex + " {1:p}", binding);
  }

  /** Any templates. */
  public static Notation template(String text, String latex, Binding binding) {
    return new Notation(text, latex, binding);
  }
}
