package io.deltagraph.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltagraph.report.page.Element;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

class DrawingTest {
  @Test
  void whatIsCountedIsMarkedAtWholeNumbers() {
    assertThat(Axis.between("epoch", 0, 3).ticks()).contains(0.5);
    assertThat(Axis.between("epoch", 0, 3).counted().ticks()).containsExactly(0.0, 1.0, 2.0, 3.0);
    LineChart epochs =
        LineChart.of("Loss", "epoch", "loss", Series.counted("a", List.of(3.0, 1.0)));
    assertThat(epochs.x().ticks()).containsExactly(1.0, 2.0);
    double[] x = {0.5, 2};
    LineChart other = LineChart.of("Loss", "x", "loss", Series.of("a", x, x));
    assertThat(other.x().ticks()).contains(1.2);
  }

  /** Powers of ten end where a double does. */
  @Test
  void anAxisOfPowersHoldsTheLargestNumbers() {
    Axis axis = Axis.powers("loss", 1, Double.MAX_VALUE);
    assertThat(axis.most()).isEqualTo(1e308);
    assertThat(axis.place(1e154, 0, 308)).isCloseTo(154, within(1e-9));
  }

  @Test
  void anAxisHasRoundEndsAndTicks() {
    Axis axis = Axis.over("loss", 0.13, 0.71, Double.NaN);
    assertThat(axis.least()).isCloseTo(0.1, within(1e-12));
    assertThat(axis.most()).isCloseTo(0.8, within(1e-12));
    assertThat(axis.ticks()).containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8);
    assertThat(axis.place(0.45, 0, 100)).isCloseTo(50, within(1e-9));
  }

  @Test
  void anAxisOfPowersHasEqualStepsForEqualFactors() {
    Axis axis = Axis.powers("h", 3e-3, 2e-1, 0, -1);
    assertThat(axis.least()).isCloseTo(1e-3, within(1e-15));
    assertThat(axis.most()).isCloseTo(1, within(1e-12));
    assertThat(axis.place(1e-2, 0, 300)).isCloseTo(100, within(1e-6));
    assertThat(axis.place(0, 0, 300)).isNaN();
    assertThat(axis.ticks()).hasSize(4);
  }

  @Test
  void anAxisOfOneValueOrNoneIsThere() {
    assertThat(Axis.over("a", 2, 2).ticks()).contains(2.0);
    assertThat(Axis.over("a").ticks()).contains(0.0, 1.0);
    assertThat(Axis.powers("a").ticks()).hasSize(2);
  }

  /** By hand: the room is from 60 to 348 across, and from 188 up to 10. */
  @Test
  void aCurveGoesThroughItsPoints() {
    String svg =
        LineChart.of(
                "Loss", "epoch", "loss", Series.of("a", new double[] {0, 1}, new double[] {1, 0}))
            .svg()
            .toString();
    assertThat(svg).contains("class=\"curve s1\" d=\"M60 10L348 188\"");
    assertThat(svg).contains("aria-label=\"Loss. a goes from 1 to 0.\"");
  }

  @Test
  void aCurveBreaksWhereThereIsNoNumber() {
    Series gap = Series.of("a", new double[] {0, 1, 2, 3}, new double[] {1, Double.NaN, 0, 1});
    assertThat(LineChart.of("L", "x", "y", gap).svg().toString())
        .containsPattern("d=\"M[^LM\"]*M[^\"]*L");
  }

  /** A single peak among ten thousand points is still seen. */
  @Test
  void thinningKeepsPeaks() {
    double[] x = new double[10_000];
    double[] y = new double[10_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    y[7777] = 9;
    y[1234] = -9;
    Series thinned = LineChart.thinned(Series.of("a", x, y));
    assertThat(thinned.x()).hasSizeLessThanOrEqualTo(400).isSorted();
    assertThat(thinned.y()).contains(9.0, -9.0);
  }

  @Test
  void regionsMeetWhereClassesChange() {
    List<Series> points =
        List.of(
            Series.of("no", new double[] {0}, new double[] {0}),
            Series.of("yes", new double[] {1}, new double[] {1}));
    ScatterPlot plot =
        ScatterPlot.of("Boundary", "x", "y", points).regions((x, y) -> x > 0.5 ? 1 : 0);
    assertThat(plot.regions()).hasSize(64).allMatch(row -> row.contains(0) && row.contains(1));
    String svg = plot.svg().toString();
    assertThat(svg.split("class=\"area f1\"", -1)).hasSize(65);
    assertThat(svg.split("class=\"area f2\"", -1)).hasSize(65);
    assertThat(plot.across(0.5)).isCloseTo((60 + 348) / 2.0, within(1e-6));
  }

  @Test
  void coloursTellOrderByLightness() {
    ColourScale scale = ColourScale.from(0, 1);
    assertThat(scale.colour(0)).isEqualTo("#fafafa");
    assertThat(scale.colour(1)).isEqualTo("#00447a");
    assertThat(scale.colour(7)).isEqualTo("#00447a");
    assertThat(ColourScale.signed(2).colour(2)).isEqualTo("#9e3a00");
    assertThat(ColourScale.signed(2).colour(-2)).isEqualTo("#00447a");
    assertThat(ColourScale.signed(0).colour(0)).isEqualTo("#fafafa");
    assertThat(scale.colour(Double.NaN)).isEqualTo("#8c8c8c");
  }

  @Test
  void cellsHaveTheirColoursAndTexts() {
    HeatMap map =
        new HeatMap(
            "Map",
            List.of("r"),
            List.of("a", "b"),
            List.of(List.of(0.0, 1.0)),
            List.of(List.of("0", "1")),
            ColourScale.from(0, 1),
            "");
    assertThat(map.svg().toString())
        .contains("fill=\"#fafafa\"", "fill=\"#00447a\"", "on-light", "on-dark");
  }

  @Test
  void barsAreAsLongAsTheirNumbers() {
    String figure = new BarChart("B", List.of("a", "b"), List.of(1.0, 2.0), "").figure().toString();
    assertThat(figure).containsPattern("width=\"139.6\".*width=\"279.2\"");
  }

  /** Read back by hand: chunks, their sums, and the rows of pixels. */
  @Test
  void aPictureIsAPng() throws IOException {
    PixelPicture picture = new PixelPicture(2, List.of(0.0, 1.0, 1.0, 0.0), ColourScale.from(0, 1));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(picture.png()));
    assertThat(in.readLong()).isEqualTo(0x89504E470D0A1A0AL);
    List<String> types = new ArrayList<>();
    byte[] pixels = {};
    while (in.available() > 0) {
      byte[] content = new byte[in.readInt()];
      byte[] type = new byte[4];
      in.readFully(type);
      in.readFully(content);
      CRC32 sum = new CRC32();
      sum.update(type);
      sum.update(content);
      assertThat(in.readInt()).isEqualTo((int) sum.getValue());
      types.add(new String(type, java.nio.charset.StandardCharsets.US_ASCII));
      if (types.getLast().equals("IDAT")) {
        pixels = new InflaterInputStream(new ByteArrayInputStream(content)).readAllBytes();
      }
    }
    assertThat(types).containsExactly("IHDR", "IDAT", "IEND");
    byte w = (byte) 0xfa;
    assertThat(pixels).containsExactly(0, w, w, w, 0, 0x44, 0x7a, 0, 0, 0x44, 0x7a, w, w, w);
    assertThatThrownBy(() -> new PixelPicture(3, List.of(1.0, 2.0), ColourScale.from(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 numbers make no picture of 3 columns.");
  }

  @Test
  void aSeriesHasAHeightForEachPlace() {
    assertThatThrownBy(() -> Series.of("a", new double[] {1}, new double[] {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The series 'a' has 1 places and 0 heights.");
    Element mark = PointMark.of(9).at(1, 2, 3, 9);
    assertThat(mark.attributes().get("class")).isEqualTo("mark f2");
  }
}
