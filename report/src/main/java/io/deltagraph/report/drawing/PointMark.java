package io.deltagraph.report.drawing;

import io.deltagraph.report.page.Element;
import io.deltagraph.report.page.ShownNumber;

/** What marks a point, so that colours need not be seen. */
public enum PointMark {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  DIAMOND,
  CROSS,
  PLUS,
  BAR,
  DROP;

  /** Of the series with that number, from 0. */
  public static PointMark of(int series) {
    return values()[Math.floorMod(series, values().length)];
  }

  /** The mark around a point. */
  public Element at(double x, double y, double size, int series) {
    String path =
        switch (this) {
          case CIRCLE -> circle(size);
          case SQUARE -> square(size, size);
          case TRIANGLE ->
              "m0 "
                  + n(-1.2 * size)
                  + " l"
                  + n(1.1 * size)
                  + " "
                  + n(2 * size)
                  + " h"
                  + n(-2.2 * size)
                  + "z";
          case DIAMOND -> "m0 " + n(-1.4 * size) + rhomb(size);
          case CROSS -> "m" + n(-size) + " " + n(-size) + cross(size);
          case PLUS ->
              square(0.4 * size, 1.4 * size) + " " + moved(square(1.4 * size, 0.4 * size), size);
          case BAR -> square(1.4 * size, 0.6 * size);
          case DROP ->
              "m0 "
                  + n(1.2 * size)
                  + " l"
                  + n(1.1 * size)
                  + " "
                  + n(-2 * size)
                  + " h"
                  + n(-2.2 * size)
                  + "z";
        };
    return Element.of("path")
        .with("class", "mark f" + Series.style(series))
        .with("d", "M" + n(x) + " " + n(y) + path);
  }

  private static String n(double value) {
    return ShownNumber.pixels(value);
  }

  private static String circle(double r) {
    return "m" + n(-r) + " 0a" + n(r) + " " + n(r) + " 0 1 0 " + n(2 * r) + " 0a" + n(r) + " "
        + n(r) + " 0 1 0 " + n(-2 * r) + " 0z";
  }

  private static String square(double width, double height) {
    return "m"
        + n(-width)
        + " "
        + n(-height)
        + "h"
        + n(2 * width)
        + "v"
        + n(2 * height)
        + "h"
        + n(-2 * width)
        + "z";
  }

  /** After a closed square that is thin and high, from its corner back to the middle. */
  private static String moved(String square, double size) {
    return "m" + n(0.4 * size) + " " + n(1.4 * size) + square;
  }

  private static String rhomb(double size) {
    return "l"
        + n(1.4 * size)
        + " "
        + n(1.4 * size)
        + "l"
        + n(-1.4 * size)
        + " "
        + n(1.4 * size)
        + "l"
        + n(-1.4 * size)
        + " "
        + n(-1.4 * size)
        + "z";
  }

  private static String cross(double s) {
    String t = n(0.45 * s);
    String m = "-" + t;
    String d = n(0.55 * s);
    String e = "-" + d;
    // Twelve corners, clockwise from the upper left one.
    return "l" + t + " " + m + "l" + d + " " + d + "l" + d + " " + e + "l" + t + " " + t + "l" + e
        + " " + d + "l" + d + " " + d + "l" + m + " " + t + "l" + e + " " + e + "l" + e + " " + d
        + "l" + m + " " + m + "l" + d + " " + e + "z";
  }
}
