package io.deltagraph.architecture;

import com.google.common.base.CharMatcher;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's sources as text. */
final class Sources {
  private static final Pattern HEAD = Pattern.compile("(import|package)\\s");

  private Sources() {}

  /** The folder of the root {@code pom.xml}, found from wherever the tests were started. */
  static Path root() {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("engine/pom.xml"))) {
        return folder;
      }
    }
    throw new AssertionError(
        "No folder above " + Path.of("").toAbsolutePath() + " holds engine/pom.xml");
  }

  /** All Java files under {@code folder}, in order; none if there is no such folder. */
  static ImmutableList<Path> javaFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return ImmutableList.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .collect(ImmutableList.toImmutableList());
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  static ImmutableList<Path> mainJavaFiles(Path root, String module) {
    return javaFiles(root.resolve(module).resolve("src/main/java"));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  static int lines(Path file) {
    return Math.toIntExact(read(file).lines().count());
  }

  /** Lines that are neither blank nor comment, import or package. */
  static int bodyLines(Path file) {
    return Math.toIntExact(code(file).filter(line -> !HEAD.matcher(line).lookingAt()).count());
  }

  private static Stream<String> code(Path file) {
    return withoutComments(read(file))
        .lines()
        .filter(line -> !CharMatcher.whitespace().matchesAllOf(line));
  }

  /** The text without its comments, with all its line ends; comment signs within strings stay. */
  static String withoutComments(String text) {
    StringBuilder code = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = endOfToken(text, at);
      if (text.startsWith("//", at) || text.startsWith("/*", at)) {
        code.append(CharMatcher.isNot('\n').removeFrom(text.substring(at, end)));
      } else {
        code.append(text, at, end);
      }
      at = end;
    }
    return code.toString();
  }

  private static int endOfToken(String text, int at) {
    if (text.startsWith("//", at)) {
      return after(text.indexOf('\n', at), 0, text);
    }
    if (text.startsWith("/*", at)) {
      return after(text.indexOf("*/", at + 2), 2, text);
    }
    if (text.startsWith("\"\"\"", at)) {
      return endOfQuote(text, at + 3, "\"\"\"");
    }
    if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
      return endOfQuote(text, at + 1, text.substring(at, at + 1));
    }
    return at + 1;
  }

  private static int endOfQuote(String text, int from, String quote) {
    for (int at = from; at < text.length(); at++) {
      if (text.charAt(at) == '\\') {
        at++;
      } else if (text.startsWith(quote, at)) {
        return at + quote.length();
      }
    }
    return text.length();
  }

  private static int after(int found, int length, String text) {
    return found < 0 ? text.length() : found + length;
  }
}
