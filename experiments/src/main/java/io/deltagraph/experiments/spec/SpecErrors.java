package io.deltagraph.experiments.spec;

import static io.deltagraph.data.InputException.quoted;

import io.deltagraph.data.InputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Every message about a spec, composed in this one place. */
final class SpecErrors {
  private SpecErrors() {}

  static InputException notFound(Path file, Collection<String> builtIn) {
    return new InputException(
        file.toString(),
        "no such file",
        "a spec or one of " + listed(builtIn),
        InputException.suggestion(
            file.toString(),
            builtIn,
            "check the path, which was looked up as " + file.toAbsolutePath().normalize()));
  }

  static InputException folder(Path file) {
    return new InputException(
        file.toString(), "a folder", "a readable JSON file", "name a file inside it");
  }

  static InputException unreadable(Path file, String reason) {
    return new InputException(
        file.toString(),
        "a file that cannot be read (" + reason + ")",
        "a readable JSON file",
        "check its permissions");
  }

  static InputException tooLong(String file, long limit) {
    return new InputException(
        file, "more than " + limit + " bytes", "at most that many", "check that this is a spec");
  }

  static InputException empty(String file) {
    return new InputException(
        file, "an empty file", "a JSON object", "start from one of the built-in specs");
  }

  static InputException notJson(String file, long line, long column) {
    return new InputException(
        file + ", line " + line + ", column " + column,
        "text that is not JSON",
        "a JSON object",
        "check quotes, commas and brackets just before this place");
  }

  static InputException outOfBounds(String file, long line, int depth, int text) {
    return new InputException(
        file + ", line " + line,
        "JSON that is nested too deep or holds too long a name, text or number",
        "at most " + depth + " levels and " + text + " characters",
        "check that this is a spec");
  }

  static InputException duplicate(String file, long line, String field) {
    return new InputException(
        file + ", line " + line,
        "the field " + quoted(field) + " for the second time",
        "every field once",
        "delete one of the two");
  }

  static InputException unknownField(String where, String field, Set<String> known) {
    return new InputException(
        where,
        "the unknown field " + quoted(field),
        "only " + listed(known),
        InputException.suggestion(field, known, "delete it"));
  }

  static InputException unknownChoice(String where, String found, Collection<String> known) {
    return new InputException(
        where,
        quoted(found),
        "one of " + listed(known),
        InputException.suggestion(found, known, "choose one of them"));
  }

  static InputException missing(String where, String expected) {
    return new InputException(where, "nothing", expected, "add the field");
  }

  static InputException wrong(String where, String found, String expected) {
    return new InputException(where, found, expected, "correct the value");
  }

  static InputException wrong(String where, String found, String expected, String advice) {
    return new InputException(where, found, expected, advice);
  }

  static String listed(Collection<String> names) {
    return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }
}
