package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltagraph.report.lecture.Lecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code show} lists, writes and refuses; the pages are looked at in the module report. */
class ShowCommandTest {
  @TempDir private Path folder;

  @Test
  void listsEveryPageWithASentence() throws IOException {
    Run run = Run.here("show");
    assertThat(run.exitCode()).isZero();
    for (Lecture lecture : Lecture.values()) {
      assertThat(run.out())
          .containsPattern("(?m)^" + lecture.id() + " +" + Pattern.quote(lecture.sentence()));
    }
    assertThat(new ObjectMapper().readTree(Run.here("show", "--json").out()).path("pages"))
        .hasSize(Lecture.values().length)
        .allMatch(page -> Lecture.of(page.path("name").asText()).isPresent());
  }

  @Test
  void writesAPage() throws IOException {
    Path page = folder.resolve("rates.html");
    Run run = Run.here("show", "learning-rates", "--output", page);
    assertThat(run.out())
        .isEqualTo(
            "Wrote %s: the same net from the same start at four rates. Open it in a browser.\n"
                .formatted(page));
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(page))
        .startsWith("<!DOCTYPE html>")
        .contains("<title>Learning rates</title>")
        .endsWith("</html>\n");
  }

  @Test
  void suggestsAPageThatMayBeMeant() {
    Run run = Run.here("show", "overfiting");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("show: found 'overfiting', expected one of perceptron, ")
        .contains("; perhaps 'overfitting' was meant.");
    assertThat(Run.here("show", "zzz").err()).contains("'deltagraph show' lists what each shows");
  }
}
