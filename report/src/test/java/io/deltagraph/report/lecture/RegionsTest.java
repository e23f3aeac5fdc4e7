package io.deltagraph.report.lecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.report.drawing.Axis;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where a function passes a half, against functions whose line is known. */
class RegionsTest {
  private static final Pattern POINT = Pattern.compile("[ML](-?[\\d.]+) (-?[\\d.]+)");

  private final Panel panel =
      new Panel("p", "", "", Axis.between("x", 0, 4), Axis.between("y", 0, 4));
  private final Regions regions = new Regions(panel, 0, 4);

  @Test
  void theLineLiesWhereTheFunctionIsAHalf() {
    double[] values = values((x, y) -> (x * x + y * y) / 8);
    Matcher points = POINT.matcher(regions.line(values));
    int count = 0;
    double pixel = panel.x(1) - panel.x(0);
    while (points.find()) {
      double x = (Double.parseDouble(points.group(1)) - panel.x(0)) / pixel;
      double y = (panel.y(0) - Double.parseDouble(points.group(2))) / (panel.y(0) - panel.y(1));
      assertThat(Math.hypot(x, y)).isCloseTo(2, within(0.01));
      count++;
    }
    assertThat(count).isGreaterThan(40);
  }

  @Test
  void theAreaIsWhereTheFunctionIsAtLeastAHalf() {
    double[] values = values((x, y) -> x >= 2 ? 1 : 0);
    String path = regions.area(values);
    Matcher rectangle = Pattern.compile("M(-?[\\d.]+) -?[\\d.]+h([\\d.]+)v").matcher(path);
    assertThat(rectangle.find()).isTrue();
    double left = Double.parseDouble(rectangle.group(1));
    assertThat(left).isBetween(panel.x(1.9), panel.x(2));
    assertThat(left + Double.parseDouble(rectangle.group(2))).isGreaterThan(panel.x(4) - 0.1);
    assertThat(rectangle.results().count()).isEqualTo(40);
  }

  @Test
  void nothingIsDrawnWhereNothingIs() {
    double[] values = values((x, y) -> 0);
    assertThat(regions.area(values)).isEqualTo("M0 0");
    assertThat(regions.line(values)).isEqualTo("M0 0");
  }

  private double[] values(java.util.function.DoubleBinaryOperator function) {
    double[] corners = regions.corners().toDoubles();
    double[] values = new double[corners.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(corners[2 * i], corners[2 * i + 1]);
    }
    return values;
  }
}
