package io.deltagraph.ops.textbook;

import java.util.List;

/**
 * The rules of one module about its own ops, provided as a service like those of the simplifier. An
 * implementation is stateless and has a public constructor without parameters.
 */
public interface TextbookRules {
  /** The rules, in the order in which they are tried. */
  List<TextbookRule> rules();
}
