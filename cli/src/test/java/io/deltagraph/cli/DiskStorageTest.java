package io.deltagraph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are kept on disk while they are trained on. */
class DiskStorageTest {
  private static final int COLUMNS = 40;

  @TempDir private Path folder;

  private void table(int rows) throws IOException {
    Random random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("t.csv"), UTF_8)) {
      for (int j = 0; j < COLUMNS; j++) {
        out.write("c" + j + ",");
      }
      out.write("kind\n");
      for (int row = 0; row < rows; row++) {
        int sum = 0;
        for (int j = 0; j < COLUMNS; j++) {
          int cell = random.nextInt(1_000_000);
          sum += j < 3 ? cell : 0;
          out.write(cell + ",");
        }
        out.write(sum > 1_500_000 ? "high\n" : "low\n");
      }
    }
  }

  private Path spec(String storage, String more) throws IOException {
    return Files.writeString(
        folder.resolve("spec.json"),
        """
        {
          "data": { "csv": "t.csv", "target": "kind", "task": "classification"%s },
          "model": { "family": "logistic" },
          "loss": "binary_cross_entropy",
          "optimizer": { "name": "adam", "learningRate": 0.01 },
          "epochs": 2, "batch": 256, "validation": 0.1%s
        }
        """
            .formatted(storage, more));
  }

  private Run inSmallHeap(Path model) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = Run.command("train", folder.resolve("spec.json"), "--output", model);
    command.addAll(1, List.of("-Xmx32m", "-Xmn8m", "-Djava.io.tmpdir=" + folder));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  @DisplayName("A table that memory cannot hold is refused there and trained from disk, repeatably")
  void smallHeap() throws Exception {
    table(120_000);
    assertThat(Files.size(folder.resolve("t.csv"))).isGreaterThan(32_000_000);
    Path model = folder.resolve("model");
    spec("", "");
    Run refused = inSmallHeap(model);
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains("of memory, expected at most").contains("\"storage\"");

    spec(", \"storage\": \"disk\"", "");
    assertThat(inSmallHeap(model).err()).contains("A portion of").contains("take fewer rows");

    spec(", \"storage\": \"disk\", \"portion\": 4096", "");
    Run trained = inSmallHeap(model);
    assertThat(trained.exitCode()).as(trained.err() + trained.out()).isZero();
    assertThat(trained.out()).containsPattern("accuracy +0\\.9").contains("PASS");
    Run here = Run.here("train", folder.resolve("spec.json"), "--output", folder.resolve("again"));
    assertThat(here.exitCode()).as(here.err()).isZero();
    assertThat(folder.resolve("again.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("model.safetensors"));
  }

  @Test
  @DisplayName("Rows on disk that fit into one portion give the model of those in memory")
  void onePortion() throws Exception {
    table(2000);
    spec("", "");
    Path memory = folder.resolve("memory");
    Run first = Run.here("train", folder.resolve("spec.json"), "--output", memory);
    assertThat(first.exitCode()).as(first.err()).isZero();
    spec(", \"storage\": \"disk\"", "");
    Path disk = folder.resolve("disk");
    Run second =
        Run.here(
            "train",
            folder.resolve("spec.json"),
            "--output",
            disk,
            "--report",
            folder.resolve("page.html"));
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(folder.resolve("disk.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("memory.safetensors"));
    assertThat(second.out().replace("disk", "memory"))
        .contains(
            first
                .out()
                .substring(first.out().indexOf("Held-out rows"), first.out().indexOf("Saved as")));
  }

  @Test
  @DisplayName("What needs all rows at once is refused with rows on disk")
  void refusals() throws Exception {
    table(50);
    spec(", \"storage\": \"disk\"", ", \"split\": { \"folds\": 5 }");
    Run run = Run.here("train", folder.resolve("spec.json"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'disk' with folds, which deal the rows again");
    Files.writeString(
        folder.resolve("spec.json"),
        Files.readString(folder.resolve("spec.json"))
            .replace("\"batch\": 256", "\"batch\": \"all\""));
    assertThat(Run.here("train", folder.resolve("spec.json")).err())
        .contains("'disk' with steps on all rows at once");
  }
}
