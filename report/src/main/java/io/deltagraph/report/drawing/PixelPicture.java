package io.deltagraph.report.drawing;

import io.deltagraph.report.page.Element;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A small picture with a pixel for each number, kept inside the page.
 *
 * @param width how many pixels a row has
 * @param numbers row by row from the upper left
 * @param scale how a number becomes a colour
 */
public record PixelPicture(int width, List<Double> numbers, ColourScale scale) {
  private static final byte[] SIGNATURE = {(byte) 137, 'P', 'N', 'G', 13, 10, 26, 10};
  private static final int BYTES = 3;

  /** Copies. */
  public PixelPicture {
    numbers = List.copyOf(numbers);
    if (width < 1 || numbers.isEmpty() || numbers.size() % width != 0) {
      throw new IllegalArgumentException(
          "%d numbers make no picture of %d columns.".formatted(numbers.size(), width));
    }
  }

  /**
   * The picture.
   *
   * @param text what it shows, for whoever has it read out
   * @param size the width on the page, in pixels
   */
  public Element image(String text, int size) {
    int height = numbers.size() / width;
    return Element.of("img")
        .with("class", "pixels")
        .with("src", "data:image/png;base64," + Base64.getEncoder().encodeToString(png()))
        .with("alt", text)
        .with("width", size)
        .with("height", (double) size * height / width);
  }

  /** The picture as a PNG of eight bits a colour (ISO/IEC 15948). */
  byte[] png() {
    int height = numbers.size() / width;
    byte[] raw = new byte[height * (1 + width * BYTES)];
    int next = 0;
    for (int row = 0; row < height; row++) {
      raw[next++] = 0; // no filter
      for (int column = 0; column < width; column++) {
        int colour = scale.rgb(numbers.get(row * width + column));
        raw[next++] = (byte) (colour >> 16);
        raw[next++] = (byte) (colour >> 8);
        raw[next++] = (byte) colour;
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(SIGNATURE);
      ByteArrayOutputStream head = new ByteArrayOutputStream();
      DataOutputStream header = new DataOutputStream(head);
      header.writeInt(width);
      header.writeInt(height);
      header.write(new byte[] {8, 2, 0, 0, 0});
      chunk(out, "IHDR", head.toByteArray());
      chunk(out, "IDAT", deflated(raw));
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] deflated(byte[] raw) {
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(raw);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[4096];
      while (!deflater.finished()) {
        out.write(buffer, 0, deflater.deflate(buffer));
      }
      return out.toByteArray();
    }
  }

  private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.writeInt(content.length);
    out.write(name);
    out.write(content);
    out.writeInt((int) sum.getValue());
  }
}
