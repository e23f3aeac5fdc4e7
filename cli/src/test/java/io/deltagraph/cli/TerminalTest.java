package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands send to a terminal, as the launcher tells them that there is one. */
class TerminalTest {
  @TempDir private Path folder;

  private String trained(Map<String, String> environment) throws Exception {
    Path err = folder.resolve("err.txt");
    List<String> command = new ArrayList<>(Run.command("train", "xor", "--epochs", 20));
    command.add(1, "-Ddeltagraph.terminal=true");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .redirectError(err.toFile());
    builder.environment().remove("NO_COLOR");
    builder.environment().put("TERM", "xterm-256color");
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readString(err);
  }

  @Test
  @DisplayName("Progress is one line that is written over, without colours in any case")
  void terminal() throws Exception {
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("NO_COLOR", "1"))) {
      assertThat(trained(environment))
          .contains("\r")
          .contains("100% ██████████  epoch 20/20  loss ", "\nloss ", " is 0", "│")
          .doesNotContain("\u001b");
    }
  }

  @Test
  @DisplayName("A terminal that can do nothing gets lines")
  void dumb() throws Exception {
    assertThat(trained(Map.of("TERM", "dumb")))
        .doesNotContain("\r", "\u001b", "│")
        .contains("epoch  2/20  loss ", "epoch 20/20  loss ");
  }
}
