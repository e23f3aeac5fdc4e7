package io.deltagraph.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.registry.Shown;
import java.io.PrintWriter;
import picocli.CommandLine;

/**
 * Where a command writes. Without {@code --json} its report goes to standard output; with it the
 * report goes to standard error, and one JSON object alone to standard output.
 */
final class Output {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;

  Output(CommandLine command, boolean json) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.json = json;
  }

  /** A paragraph of the report; a blank line follows it. */
  void paragraph(String text) {
    print(Shown.text(text.stripTrailing()) + "\n\n");
  }

  /** The last part of the report, or one of those that stand close. */
  void report(String text) {
    print(Shown.text(text.stripTrailing()) + "\n");
  }

  /** A part of the report to the byte, for other programs: nothing in it is escaped. */
  void print(String text) {
    PrintWriter report = json ? err : out;
    report.print(text);
    report.flush();
  }

  /** What is no part of the report: progress and remarks. */
  void note(String text) {
    progress(Shown.text(text) + "\n");
  }

  /** Progress on a terminal, with what moves its cursor. */
  void progress(String text) {
    err.print(text);
    err.flush();
  }

  /** The JSON object, where it was asked for. */
  void result(ObjectNode object) {
    if (json) {
      try {
        out.print(
            JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(object));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("A tree of numbers and texts is always JSON.", e);
      }
      out.print('\n');
      out.flush();
    }
  }
}
