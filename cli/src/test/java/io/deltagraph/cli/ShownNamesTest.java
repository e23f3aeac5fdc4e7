package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels and names of unknown origin on a terminal. */
class ShownNamesTest {
  /** Red, a line break, the mark that turns the direction of text, and a bell. */
  private static final String HOSTILE = "in\u001b[31m\n\u202eside\u0007";

  private static final String ESCAPED = "in\\u001b[31m\\u000a\\u202eside\\u0007";

  @TempDir private Path folder;

  @Test
  @DisplayName("Classes and columns with control characters split no table and reach no terminal")
  void tablesStayWhole() throws IOException {
    Path spec = Samples.write(folder);
    Path table = folder.resolve("table.csv");
    String column = "\"b\u001b[2J\n\"";
    Files.writeString(
        table,
        Samples.table()
            .replace("a,b,kind", "a," + column + ",kind")
            .replace(",in\n", ",\"" + HOSTILE + "\"\n"));
    Path model = folder.resolve("m");
    Run train = Run.here("train", spec, "--output", model, "--epochs", 2);
    assertThat(train.exitCode()).as(train.err()).isZero();
    Run evaluate = Run.here("evaluate", model, "--data", table);
    assertThat(evaluate.exitCode()).as(evaluate.err()).isZero();
    assertThat(evaluate.out())
        .containsPattern("\n *" + java.util.regex.Pattern.quote(ESCAPED) + " +\\S+ +\\S+ +\\S+ +");
    for (String text : new String[] {train.out(), train.err(), evaluate.out()}) {
      assertThat(text).doesNotContain("\u001b", "\u202e", "\u0007");
    }
    // A table for other programs has the label to the byte.
    Run predict = Run.here("predict", model, "--data", table);
    assertThat(predict.out()).startsWith("kind\n");
    assertThat(predict.out() + Run.here("predict", model, "--data", table, "--json").out())
        .contains("\"" + HOSTILE + "\"\n")
        .contains("in\\u001B[31m\\n");
  }

  @Test
  @DisplayName("Messages and remarks escape names too")
  void messages() throws IOException {
    Run.here("train", Samples.write(folder), "--output", folder.resolve("m"), "--epochs", 1);
    Path later = folder.resolve("later.csv");
    Files.writeString(later, "a,b,\"x\u001b[31m\ny\"\n1,2,3\n");
    Run run = Run.here("predict", folder.resolve("m"), "--data", later);
    assertThat(run.err()).isEqualTo("Columns that the model does not use: x\\u001b[31m\\u000ay.\n");
    Run missing = Run.here("predict", folder.resolve("m\u001b[31m"), "--data", later);
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("m\\u001b[31m").doesNotContain("\u001b");
    Path output = folder.resolve("p\u001b[31m.csv");
    Run written =
        Run.here(
            "predict",
            folder.resolve("m"),
            "--data",
            folder.resolve("table.csv"),
            "--output",
            output);
    assertThat(output).exists();
    assertThat(written.err())
        .isEqualTo("Wrote 40 predictions to " + folder.resolve("p\\u001b[31m.csv") + ".\n");
    Run misused = Run.here("train", "--\u001b[31m");
    assertThat(misused.err()).doesNotContain("\u001b");
  }
}
