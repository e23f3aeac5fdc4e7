package io.deltagraph.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltagraph.data.InputException;
import io.deltagraph.files.OutputFile;
import io.deltagraph.print.TextTable;
import io.deltagraph.report.lecture.Lecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deltagraph show [NAME]}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a page to look at in a browser: a net learns while the page is made, and the page plays"
          + " what happened.",
      "",
      "Without a name it lists the pages. A page is one file that needs nothing else."
    },
    footer = {
      "",
      "Examples:",
      "  deltagraph show",
      "  deltagraph show perceptron --open",
      "  deltagraph show xor --output xor-page.html"
    })
final class ShowCommand implements Callable<Integer> {
  private static final int SOON = 2;

  @Spec private CommandSpec command = CommandSpec.create();
  @Mixin private SharedOptions shared = new SharedOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The page; without it all pages are listed.")
  private @Nullable String name;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to write the page; without it the page's name with .html, here.")
  private @Nullable Path output;

  @Option(names = "--open", description = "Open the page in a browser when it is written.")
  private boolean open;

  @Override
  public Integer call() throws IOException {
    Output out = new Output(command.commandLine(), shared.json());
    String asked = name;
    if (asked == null) {
      list(out);
      return 0;
    }
    Lecture lecture = Lecture.of(asked).orElseThrow(() -> unknown(asked));
    Path page = output == null ? Path.of(lecture.id() + ".html") : output;
    byte[] html;
    try (OutputFile file = OutputFile.open(page)) { // before the work whose result it takes
      html = lecture.page(shared.registry()).html().getBytes(StandardCharsets.UTF_8);
      file.write(stream -> stream.write(html));
    }
    out.report(
        "Wrote %s: %s.%s"
            .formatted(page, lecture.sentence(), open ? "" : " Open it in a browser."));
    out.result(Json.object().put("page", page.toString()).put("bytes", html.length));
    if (open) {
      browse(page, out);
    }
    return 0;
  }

  private static void list(Output out) {
    TextTable pages = TextTable.of("page", "what it shows");
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("pages");
    for (Lecture lecture : Lecture.values()) {
      pages.row(lecture.id(), lecture.sentence());
      all.addObject().put("name", lecture.id()).put("shows", lecture.sentence());
    }
    out.paragraph(pages.leftAligned());
    out.report("Make one with: deltagraph show " + Lecture.PERCEPTRON.id() + " --open");
    out.result(json);
  }

  private static InputException unknown(String name) {
    return new InputException(
        "show",
        InputException.quoted(name),
        "one of " + String.join(", ", Lecture.ids()),
        InputException.suggestion(name, Lecture.ids(), "'deltagraph show' lists what each shows"));
  }

  /** Hands the page to whatever opens pages on this system, and says so where nothing does. */
  private static void browse(Path page, Output out) {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String address = page.toAbsolutePath().toUri().toString();
    List<String> opener =
        system.startsWith("windows")
            ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
            : List.of(system.startsWith("mac") ? "open" : "xdg-open", address);
    try {
      Process process =
          new ProcessBuilder(opener)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      // One that opens nothing ends soon and says so; one that does may go on with the browser.
      if (process.waitFor(SOON, TimeUnit.SECONDS) && process.exitValue() != 0) {
        out.note(opener.getFirst() + " opened nothing: open " + page + " in a browser.");
      }
    } catch (IOException e) {
      out.note("There is no " + opener.getFirst() + " here: open " + page + " in a browser.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
