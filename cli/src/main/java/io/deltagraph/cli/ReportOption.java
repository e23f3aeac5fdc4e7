package io.deltagraph.cli;

import io.deltagraph.files.ModelFileException;
import io.deltagraph.files.OutputFile;
import io.deltagraph.report.page.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --report}: what a command shows, as a page beside its text. */
final class ReportOption {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./=:@%+,-]+");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Also write a page with pictures: one HTML file that needs nothing else. With a name that"
              + " ends in .json, the numbers of the page.")
  private @Nullable Path file;

  boolean isAsked() {
    return file != null;
  }

  /**
   * Makes sure that the file can be written, before the work whose result it takes.
   *
   * @param inputs which it may not replace
   */
  Target open(InputFiles inputs) throws IOException {
    Path asked = file;
    if (asked == null) {
      return new Target(null, null);
    }
    inputs.spare("--report", asked, "the report does", List.of(asked));
    return new Target(asked, OutputFile.open(asked));
  }

  /** What was typed, for a page that says how to do it again. */
  String typed() {
    return "deltagraph "
        + command.root().commandLine().getParseResult().originalArgs().stream()
            .map(word ->
                PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
  }

  /** A page that is to be made. */
  @FunctionalInterface
  interface Made {
    Page page();
  }

  /** Where the page goes; nowhere if none was asked for. */
  record Target(@Nullable Path path, @Nullable OutputFile file) implements AutoCloseable {
    /** Makes the page and writes it, if it was asked for. */
    void write(Made made, Output out) throws ModelFileException {
      if (path == null || file == null) {
        return;
      }
      Page page = made.page();
      String text = path.toString().endsWith(".json") ? page.json() : page.html();
      file.write(stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
      out.report("Report: " + path);
    }

    @Override
    public void close() {
      if (file != null) {
        file.close();
      }
    }
  }
}
