package io.deltagraph.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** What the terminal can do, as far as it says. */
final class Terminal {
  private Terminal() {}

  /** Whether a line can be written over: the launcher tells a terminal, which Java cannot. */
  static boolean showsProgress() {
    return Boolean.getBoolean("deltagraph.terminal") && !isDumb(System.getenv("TERM"));
  }

  /** Whether help may be set in bold; {@code NO_COLOR} is asked for there. */
  static Ansi ansi() {
    return isDumb(System.getenv("TERM")) ? Ansi.OFF : Ansi.AUTO;
  }

  private static boolean isDumb(@Nullable String term) {
    return "dumb".equals(term);
  }
}
