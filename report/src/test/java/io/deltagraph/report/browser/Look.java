package io.deltagraph.report.browser;

import java.util.List;

/**
 * How a page is looked at.
 *
 * @param width of the window in pixels
 * @param dark whether the reader asks for dark pages
 */
record Look(int width, boolean dark) {
  /** A desk and a phone, by day and by night. */
  static final List<Look> ALL =
      List.of(
          new Look(1280, false), new Look(1280, true), new Look(390, false), new Look(390, true));

  /** A desk by day. */
  static final Look USUAL = ALL.getFirst();

  int height() {
    return isPhone() ? 844 : 900;
  }

  boolean isPhone() {
    return width < 500;
  }

  @Override
  public String toString() {
    return width + (dark ? "-dark" : "-light");
  }
}
