package io.deltagraph.derivations.language;

/**
 * Why a line is not understood.
 *
 * @param place where
 * @param read what stands there
 * @param expected what could stand there
 * @param source the line of the file that it stands in
 */
public record Misreading(Place place, String read, String expected, String source) {

  /** One sentence, the line, and a caret under the place. */
  public String message() {
    int shown = Math.min(source.codePointCount(0, source.length()), place.column() - 1);
    String before = source.substring(0, source.offsetByCodePoints(0, shown));
    return "line %d, column %d: read %s, expected %s.\n  %s\n  %s^"
        .formatted(
            place.line(),
            place.column(),
            read.isEmpty() ? "the end of the line" : "'" + read + "'",
            expected,
            source,
            before.replaceAll("\\P{M}", " ").replaceAll("\\p{M}", ""));
  }
}
