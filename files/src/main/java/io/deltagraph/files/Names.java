package io.deltagraph.files;

import io.deltagraph.registry.Shown;
import java.util.Optional;

/** Which names may stand in files, and how a name of unknown origin is shown in messages. */
final class Names {
  private static final int SHOWN = 80;

  private Names() {}

  /** Why a name cannot stand in a file, as the end of a sentence; empty if it can. */
  static Optional<String> fault(String name) {
    if (name.isEmpty()) {
      return Optional.of("is empty");
    }
    return name.length() > Limits.NAME_LENGTH
        ? Optional.of("is longer than " + Limits.NAME_LENGTH + " characters")
        : unwritable(name);
  }

  /** Why a text cannot stand in a file as it is, as the end of a sentence; empty if it can. */
  static Optional<String> unpaired(String text) {
    // A loop, since a stream for each of a hostile header's strings takes more than its bytes.
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (c >= 0xD800 && c <= 0xDFFF) {
        return Optional.of("holds half of a surrogate pair");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> unwritable(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return Optional.of("holds a control character");
      }
    }
    return unpaired(name);
  }

  /** A text as a message may show it, cut where it is long. */
  static String shown(String text) {
    return text.codePointCount(0, text.length()) > SHOWN
        ? Shown.line(text.substring(0, text.offsetByCodePoints(0, SHOWN))) + "..."
        : Shown.line(text);
  }
}
