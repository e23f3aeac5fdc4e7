package io.deltagraph.derivations.language;

import com.google.common.collect.ImmutableSet;
import io.deltagraph.derivations.language.Derivation.Line;
import io.deltagraph.derivations.language.Derivation.Samples;
import io.deltagraph.derivations.language.Derivation.Unread;
import io.deltagraph.derivations.language.Derivation.Weights;
import io.deltagraph.derivations.language.Derivation.Written;
import io.deltagraph.derivations.language.Expression.Name;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads derivations: one equation a line, which goes on after an open bracket or a trailing
 * operator. A line that is none is kept with its {@link Misreading}, and reading goes on.
 */
public final class DerivationReader {
  /** The most bytes of a file. */
  public static final int MOST_BYTES = 1 << 20;

  /** The most lines of a file. */
  public static final int MOST_LINES = 2_000;

  private static final Pattern BEGINS =
      Pattern.compile(
          "^\\s*(?!axis\\b|keepdims\\b)(?:(?:∂|d)\\w+\\s*/\\s*)?[\\p{L}∂∇_][^\\s=(]*(?:\\([^)]*\\)\\S*)?\\s*[-+:]?=(?!=).*");
  private static final Pattern TRAILING =
      Pattern.compile(".*(?:[-+−–*/@·⋅⊙∘^=,]|\\.[*/^])\\s*$", Pattern.DOTALL);
  private static final Pattern WEIGHTS =
      Pattern.compile("\\s*W\\s*:\\s*(in|out)\\s*[x×]\\s*(in|out)\\s*;?\\s*");
  private static final Pattern SAMPLES = Pattern.compile("\\s*X\\s*:\\s*(columns|rows)\\s*;?\\s*");

  private final Vocabulary words;

  /** A reader that knows the functions of the language, and further ops by these names. */
  public DerivationReader(Set<String> ops) {
    words = new Vocabulary(ImmutableSet.copyOf(ops));
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws UnusableFile if it is too large, or not UTF-8
   */
  public Derivation read(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new UnusableFile(
          "A derivation has at most %,d bytes, this has %,d.".formatted(MOST_BYTES, bytes.length));
    }
    try {
      return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new UnusableFile("A derivation is text in UTF-8, this is not.");
    }
  }

  /**
   * Reads a text.
   *
   * @throws UnusableFile if it is too long
   */
  public Derivation read(String text) {
    if (text.length() > MOST_BYTES) {
      throw new UnusableFile(
          "A derivation has at most %,d bytes, this has more.".formatted(MOST_BYTES));
    }
    List<String> physical = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    if (physical.size() > MOST_LINES) {
      throw new UnusableFile(
          "A derivation has at most %,d lines, this has %,d."
              .formatted(MOST_LINES, physical.size()));
    }
    return new Pass(physical).run();
  }

  /** One pass over a file. */
  private final class Pass {
    private final List<String> physical;
    private final List<Line> lines = new ArrayList<>();
    private @Nullable Weights weights;
    private @Nullable Samples samples;

    Pass(List<String> physical) {
      this.physical = physical;
    }

    Derivation run() {
      for (int first = 0; first < physical.size(); ) {
        if (uncommented(physical.get(first)).isBlank()) {
          first++;
          continue;
        }
        int end = first + 1;
        Depth depth = new Depth();
        String last = uncommented(physical.get(first));
        depth.count(last);
        while (end < physical.size() && (depth.open() || TRAILING.matcher(last).matches())) {
          String next = uncommented(physical.get(end));
          boolean comment = next.isBlank() && !physical.get(end).isBlank();
          if ((next.isBlank() && !comment) || BEGINS.matcher(next).matches()) {
            break;
          }
          if (!comment) {
            last = next;
            depth.count(next);
          }
          end++;
        }
        line(first, end);
        first = end;
      }
      return new Derivation(lines, Optional.ofNullable(weights), Optional.ofNullable(samples));
    }

    private void line(int first, int end) {
      String source = String.join("\n", physical.subList(first, end)).strip();
      StringBuilder text = new StringBuilder();
      List<Place> places = new ArrayList<>();
      for (int i = first; i < end; i++) {
        String line = uncommented(physical.get(i));
        int column = 1;
        for (int at = 0; at < line.length(); at++) {
          places.add(new Place(i + 1, column));
          column += Character.isHighSurrogate(line.charAt(at)) ? 0 : 1;
        }
        places.add(
            new Place(
                i + 1, line.stripTrailing().codePointCount(0, line.stripTrailing().length()) + 1));
        text.append(line).append(i + 1 < end ? "\n" : "");
      }
      if (convention(text.toString())) {
        return;
      }
      try {
        List<Token> tokens = Lexer.tokens(text.toString(), places.toArray(Place[]::new), words);
        Parser parser = new Parser(tokens);
        Equation equation = parser.equation();
        lines.add(new Written(first + 1, source, equation, parser.places(), parser.warnings()));
      } catch (Misread e) {
        Misreading problem =
            new Misreading(e.place, e.read, e.expected, physical.get(e.place.line() - 1));
        lines.add(new Unread(first + 1, source, problem, about(text.toString(), places)));
      }
    }

    private Optional<Name> about(String text, List<Place> places) {
      int equals = text.indexOf('=');
      if (equals < 0) {
        return Optional.empty();
      }
      try {
        Token first =
            Lexer.tokens(text.substring(0, equals), places.toArray(Place[]::new), words).getFirst();
        return Optional.ofNullable(first.name());
      } catch (Misread e) {
        return Optional.empty();
      }
    }

    private boolean convention(String text) {
      var weightsLine = WEIGHTS.matcher(text);
      if (weightsLine.matches() && !weightsLine.group(1).equals(weightsLine.group(2))) {
        weights = weightsLine.group(1).equals("in") ? Weights.IN_BY_OUT : Weights.OUT_BY_IN;
        return true;
      }
      var samplesLine = SAMPLES.matcher(text);
      if (samplesLine.matches()) {
        samples = samplesLine.group(1).equals("columns") ? Samples.COLUMNS : Samples.ROWS;
        return true;
      }
      return false;
    }
  }

  private static final class Depth {
    private int depth;

    void count(String line) {
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      }
    }

    boolean open() {
      return depth > 0;
    }
  }

  private static String uncommented(String line) {
    int end = 0;
    while (end < line.length() && line.charAt(end) != '#' && line.charAt(end) != '%') {
      end++;
    }
    return line.substring(0, end);
  }
}
