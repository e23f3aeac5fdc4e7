package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltagraph.data.BuiltInSet;
import io.deltagraph.data.CsvTable;
import io.deltagraph.registry.OpRegistry;
import io.deltagraph.serving.SavedModel;
import io.deltagraph.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, on the module path. */
class ProcessTest {
  @TempDir private Path folder;

  @Test
  void trainsDigitsAndPredictsTheSameBitsInAnotherProcess() throws Exception {
    Run run = Run.process(folder, "train", "digits", "--seed", 7, "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode json = run.json();
    assertThat(json.at("/test/accuracy").asDouble()).isGreaterThanOrEqualTo(0.95);
    assertThat(json.at("/check/verdict").asText()).isEqualTo("pass");
    assertThat(json.at("/check/closedForm").asDouble()).isBetween(1e-18, 1e-12);
    assertThat(json.at("/check/finiteDifferences").asDouble()).isBetween(1e-16, 1e-7);
    assertThat(json.at("/checkAfter/verdict").asText()).isIn("pass", "inconclusive");
    assertThat(json.at("/seed").asLong()).isEqualTo(7);
    Path data = folder.resolve("digits.csv");
    CsvTable table = BuiltInSet.DIGITS.table();
    Files.write(data, resource());
    Run predicted =
        Run.process(
            folder, "predict", "digits.model", "--data", "digits.csv", "--probabilities", "--json");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    Tensor outputs =
        SavedModel.load(folder.resolve("digits.model"), OpRegistry.load()).predict(table).outputs();
    JsonNode rows = predicted.json().get("probabilities");
    assertThat(rows).hasSize(outputs.size(0));
    for (int i = 0; i < outputs.length(); i++) {
      assertThat(rows.get(i / 10).get(i % 10).asDouble()).isEqualTo(outputs.get(i));
    }
  }

  private static byte[] resource() throws Exception {
    try (var in = BuiltInSet.class.getResourceAsStream("sets/digits.csv")) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
  void anInterruptKeepsTheLastSavedStateAndNothingHalf() throws Exception {
    Path err = folder.resolve("err.txt");
    Process process =
        Run.start(
            folder,
            folder.resolve("out.txt"),
            err,
            "train",
            Samples.write(folder),
            "--epochs",
            "100000000");
    try {
      Path saved = folder.resolve("mine.model.autosave.safetensors");
      for (int i = 0; i < 600 && !Files.exists(saved); i++) {
        Thread.sleep(100);
      }
      assertThat(saved).exists();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(err).content().contains("deltagraph: stopped; the model as it was after epoch");
    } finally {
      process.destroyForcibly();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "mine.json",
              "table.csv",
              "out.txt",
              "err.txt",
              "mine.model.autosave.json",
              "mine.model.autosave.safetensors");
    }
    Run run =
        Run.here(
            "evaluate",
            folder.resolve("mine.model.autosave"),
            "--data",
            folder.resolve("table.csv"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("accuracy");
  }
}
