package io.deltagraph.report.page;

import java.util.regex.Pattern;

/**
 * A formula in MathML. Only elements of MathML with a few plain attributes are taken, so that none
 * can carry anything else into a page.
 *
 * @param markup such as {@code <math><mi>x</mi></math>}
 */
public record MathFormula(String markup) implements Content {
  private static final String ATTRIBUTE =
      "\\s+(?:display|displaystyle|stretchy|form|fence|separator|accent|mathvariant|columnalign"
          + "|rowspacing|columnspacing|lspace|rspace|scope|xmlns|minsize|maxsize|width|height)"
          + "=\"[^\"<>&]*\"";
  private static final Pattern TAG = Pattern.compile("<[^>]*(?:>|$)");
  private static final Pattern MATHML_TAG =
      Pattern.compile("</m[a-z]+>|<m[a-z]+(?:" + ATTRIBUTE + ")*\\s*/?>");
  private static final Pattern START = Pattern.compile("\\s*<math[\\s>]");

  /**
   * Checks the markup.
   *
   * @throws IllegalArgumentException if it is anything but MathML
   */
  public MathFormula {
    boolean tags =
        TAG.matcher(markup).results().allMatch(tag -> MATHML_TAG.matcher(tag.group()).matches());
    if (!tags || !START.matcher(markup).lookingAt()) {
      throw new IllegalArgumentException("This is no formula in MathML: " + markup);
    }
  }

  @Override
  public void write(StringBuilder out) {
    out.append(markup.strip());
  }
}
