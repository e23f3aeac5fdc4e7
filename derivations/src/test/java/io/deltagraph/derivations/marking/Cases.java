package io.deltagraph.derivations.marking;

import com.google.common.base.Splitter;
import io.deltagraph.check.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Derivations with what is to be said of them: after {@code ===} the net in words, then lines, each
 * with {@code # => verdict cause} where it is not right.
 */
record Cases(String net, String text, List<String> expected) {

  static List<Cases> of(String resource) {
    try (InputStream in = Objects.requireNonNull(Cases.class.getResourceAsStream(resource))) {
      return parsed(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Cases> parsed(String text) {
    List<Cases> cases = new ArrayList<>();
    for (String part : Splitter.on(Pattern.compile("(?m)^=== ")).split(text)) {
      if (!part.isBlank()) {
        String net = part.lines().findFirst().orElseThrow();
        String body = part.substring(part.indexOf('\n') + 1);
        List<String> expected =
            body.lines()
                .map(line -> line.contains("# => ") ? line.replaceAll(".*# => ", "").strip() : "")
                .toList();
        cases.add(new Cases(net, body, expected));
      }
    }
    return cases;
  }

  /** What is said otherwise than expected, a sentence for each line. */
  List<String> differences() {
    Marking marking = Nets.mark(net, text);
    List<String> found = new ArrayList<>();
    for (Marking.Line line : marking.lines()) {
      String wanted = expected.get(line.line() - 1);
      String said = said(line);
      boolean right = said.equals("right") || said.equals("right-but-scaled");
      boolean same = wanted.isEmpty() ? right : said.equals(wanted);
      if (!same) {
        found.add(
            "%s | %s | line %d: %s%n  expected %s, got %s"
                .formatted(
                    net,
                    marking.conventions(),
                    line.line(),
                    line.source(),
                    wanted.isEmpty() ? "right" : wanted,
                    said));
      }
    }
    return found;
  }

  private static String said(Marking.Line line) {
    StringBuilder said = new StringBuilder(line.verdict().text());
    line.causes().stream()
        .findFirst()
        .ifPresent(cause ->
            said.append(' ')
                .append(
                    cause.cause().parts().isEmpty()
                        ? cause.cause().code()
                        : "composed"
                            + cause.cause().parts().stream().map(Cause::code).sorted().toList()));
    line.follows().ifPresent(number -> said.append(' ').append(number));
    line.problem().ifPresent(problem -> said.append(": ").append(problem.expected()));
    return said.toString();
  }
}
