package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real processes that are killed at random moments and resumed. Takes tens of seconds, since a
 * checkpoint is written once a second: {@code -Ddeltagraph.kills=50} kills more often.
 */
class KillTest {
  private static final int KILLS = Integer.getInteger("deltagraph.kills", 2);

  /** How long a run trains: long enough that each life of it sees a part. */
  private static final double SECONDS = 1.5 * KILLS;

  @TempDir private Path folder;

  /** With a state in its optimizer, a rate that follows the loss, validation and patience. */
  private Path spec(int epochs) throws IOException {
    return Files.writeString(
        folder.resolve("spec.json"),
        """
        {
          "data": { "builtIn": "iris" },
          "model": { "family": "mlp", "layers": [
            { "units": 64, "activation": "tanh" }, { "units": 3, "activation": "softmax" }] },
          "loss": "softmax_cross_entropy",
          "optimizer": { "name": "adam", "learningRate": 0.001,
            "schedule": { "name": "plateau", "factor": 0.7, "patience": 20, "minDelta": 0.001 } },
          "epochs": %d, "validation": 0.2, "patience": 9000000
        }
        """
            .formatted(epochs));
  }

  private Process start(Path spec, Path model, boolean resume) throws IOException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    return resume
        ? Run.start(folder, out, err, "train", spec, "--output", model, "--resume")
        : Run.start(folder, out, err, "train", spec, "--output", model);
  }

  private String said() throws IOException {
    return Files.readString(folder.resolve("err.txt"));
  }

  @Test
  @DisplayName("Killed at random moments and resumed, the model is the same to the byte")
  void killed() throws Exception {
    // How many epochs fill the time on this machine, as busy as it is now.
    Path timed = folder.resolve("timed");
    Run trial = Run.here("train", spec(500), "--output", timed, "--json");
    double seconds = trial.json().at("/training/seconds").asDouble();
    int epochs = (int) Math.max(1000, 500 / seconds * SECONDS);
    Path spec = spec(epochs);
    Path whole = folder.resolve("whole");
    Process uninterrupted = start(spec, whole, false);
    assertThat(uninterrupted.waitFor(600, TimeUnit.SECONDS)).isTrue();
    assertThat(uninterrupted.exitValue()).as(said()).isZero();

    Path killed = folder.resolve("cut");
    Path checkpoint = folder.resolve("cut.checkpoint.safetensors");
    long seed = Long.getLong("deltagraph.seed", System.nanoTime());
    Random random = new Random(seed);
    int resumed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      FileTime before = Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint) : null;
      resumed += before == null ? 0 : 1;
      Process process = start(spec, killed, true);
      // At any moment at all, or at one after which there is something new to resume from.
      if (kill % 2 == 0) {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
          if (Files.exists(checkpoint) && !Files.getLastModifiedTime(checkpoint).equals(before)) {
            break;
          }
          Thread.sleep(100);
        }
        Thread.sleep(random.nextInt(300));
      } else {
        Thread.sleep(random.nextInt(2500));
      }
      process.destroyForcibly();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(resumed).as("-Ddeltagraph.seed=%s", seed).isPositive();
    Process last = start(spec, killed, true);
    assertThat(last.waitFor(600, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(said()).isZero();
    for (String ending : new String[] {".json", ".safetensors"}) {
      assertThat(folder.resolve("cut" + ending))
          .as("-Ddeltagraph.seed=%s", seed)
          .hasSameBinaryContentAs(folder.resolve("whole" + ending));
    }
    assertThat(checkpoint).doesNotExist();
  }

  @Test
  @DisplayName("Another spec than that of the run that was cut off is refused by the field's name")
  void changed() throws Exception {
    Path spec = spec(10_000_000);
    Path model = folder.resolve("cut");
    Path checkpoint = folder.resolve("cut.checkpoint.safetensors");
    Process process = start(spec, model, true);
    for (int i = 0; i < 600 && process.isAlive() && !Files.exists(checkpoint); i++) {
      Thread.sleep(100);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(checkpoint).exists();
    Files.writeString(spec, Files.readString(spec).replace("0.001,\n", "0.002,\n"));
    Run run = Run.here("train", spec, "--output", model, "--resume");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("this checkpoint was made with another optimizer: ", "or start anew", "0.002");
  }
}
