package io.deltagraph.report.drawing;

/**
 * How a number becomes a colour. Lightness alone tells the order, so that it is seen without
 * colours too; where there are two signs, they have two colours.
 *
 * @param least the lightest, or for two signs the size that is darkest on either side, negative
 * @param most the darkest
 * @param signed whether 0 is in the middle, negative numbers blue and positive ones orange
 */
public record ColourScale(double least, double most, boolean signed) {
  private static final int[] WHITE = {250, 250, 250};
  private static final int[] BLUE = {0, 68, 122};
  private static final int[] ORANGE = {158, 58, 0};
  private static final String NOTHING = "#8c8c8c";
  private static final double DARK = 0.5;

  /** From white to dark blue. */
  public static ColourScale from(double least, double most) {
    return new ColourScale(least, most, false);
  }

  /** From dark blue over white to dark orange. */
  public static ColourScale signed(double size) {
    return new ColourScale(-size, size, true);
  }

  /** The colour as {@code #rrggbb}; grey for NaN. */
  public String colour(double value) {
    return Double.isNaN(value) ? NOTHING : "#%06x".formatted(rgb(value));
  }

  /** Whether light text is needed over it. */
  boolean isDark(double value) {
    return Double.isNaN(value) || Math.abs(share(value)) > DARK;
  }

  private double share(double value) {
    double share = signed ? value / most : (value - least) / (most - least);
    return Double.isNaN(share) ? 0 : Math.clamp(share, -1.0, 1.0);
  }

  /** The colour as one number. */
  int rgb(double value) {
    double share = share(value);
    int[] dark = signed && share > 0 ? ORANGE : BLUE;
    double part = Math.abs(share);
    int colour = 0;
    for (int i = 0; i < WHITE.length; i++) {
      colour = colour << 8 | (int) Math.round(WHITE[i] + part * (dark[i] - WHITE[i]));
    }
    return colour;
  }
}
