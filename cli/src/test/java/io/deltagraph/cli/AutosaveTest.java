package io.deltagraph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltagraph.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AutosaveTest {
  private long now;

  @Test
  void savesAfterTheFirstEpochAndThenAtMostOnceASecond() throws IOException {
    List<Double> saved = new ArrayList<>();
    Autosave autosave =
        new Autosave(
            parameters -> parameters.values().forEach(tensor -> saved.add(tensor.item())),
            () -> now);
    for (int epoch = 1; epoch <= 25; epoch++) {
      now += 100_000_000L;
      double value = epoch;
      autosave.epochEnded(epoch, () -> Map.of("w", Tensor.scalar(value)));
    }
    assertThat(saved).containsExactly(1.0, 11.0, 21.0);
    autosave.last(Map.of("w", Tensor.scalar(26)));
    assertThat(saved).containsExactly(1.0, 11.0, 21.0, 26.0);
  }

  @Test
  void whatCannotBeSavedEndsTraining() {
    Autosave autosave =
        new Autosave(
            parameters -> {
              throw new IOException("the disk is full");
            },
            () -> now);
    assertThatThrownBy(() -> autosave.epochEnded(1, Map::of))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the disk is full");
  }
}
