package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter err = new StringWriter();
  private final Output out = new Output(Main.commandLine().setErr(new PrintWriter(err)), false);
  private long now;

  @Test
  @DisplayName(
      "A line is written over ten times a second, fits a narrow terminal and has no colour")
  void writesOver() {
    ProgressBar bar = new ProgressBar(1000, out, () -> now);
    for (int i = 1; i <= 400; i++) {
      now += 1_000_000;
      bar.at(i);
    }
    bar.epochEnded(4, "epoch 4/10  loss 0.1234  accuracy 0.5000", 500);
    now += 600_000_000;
    bar.close();
    String[] lines = err.toString().split("\r", -1);
    assertThat(lines).hasSize(1 + 4 + 1);
    assertThat(lines[0]).isEmpty();
    assertThat(lines[4]).startsWith(" 30% ███░░░░░░░").contains("1,000 rows/s");
    assertThat(lines[5])
        .isEqualTo(" 50% █████░░░░░  epoch 4/10  loss 0.1234  accuracy 0.5000  500 rows/s\n");
    assertThat(err.toString()).doesNotContain("\u001b");
    assertThat(List.of(lines)).allMatch(line -> line.strip().length() <= 79);
  }

  @Test
  @DisplayName("What a longer line left is wiped out")
  void wipes() {
    ProgressBar bar = new ProgressBar(10, out, () -> now);
    bar.epochEnded(1, "epoch 1/2  a long remark", 5);
    now += 1_000_000_000;
    bar.epochEnded(2, "short", 10);
    String[] lines = err.toString().split("\r", -1);
    assertThat(lines[2]).startsWith("100% ██████████  short  10 rows/s   ");
    assertThat(lines[2].length()).isGreaterThanOrEqualTo(lines[1].length());
  }
}
